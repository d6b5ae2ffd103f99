"""The layouts that the database has had, each as the step from the one before."""
