"""Entry: from what a person types, pastes or picks to plain values of a document, and back; no Streamlit here."""
