"""Everything that is drawn. May know streamlit and bti; knows no row and no SQL."""
