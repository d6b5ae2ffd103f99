"""What people ask of the model."""
