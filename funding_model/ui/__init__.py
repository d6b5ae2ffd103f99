"""The calculator in a browser: the only Streamlit code."""
