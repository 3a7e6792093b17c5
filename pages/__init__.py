"""One file, one page, one part of the meeting. Streamlit runs them; nothing imports them."""
