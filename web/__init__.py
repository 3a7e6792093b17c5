"""What the browser meets outside Streamlit's script: the door, the sign-in, the shell and the small scripts."""
