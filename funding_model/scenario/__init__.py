"""What a person enters: frozen models, safe files in and out, the library of scenarios and contracts."""
