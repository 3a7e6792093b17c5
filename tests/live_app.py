"""Starts the app as ``python app.py`` does, round any script, and with a clock that a test may set."""

import sys
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main(script: str, clock_file: str) -> None:
    sys.path.insert(0, str(ROOT))
    # Streamlit finds its settings beside the launcher, and a launcher is what argv says.
    sys.argv[:] = [str(ROOT / "app.py")]
    from bti import clock

    if clock_file:
        clock.now = lambda: datetime.fromisoformat(Path(clock_file).read_text(encoding="utf-8"))
    import app

    chosen = app.chosen()
    app.serve(app.build(Path(script), chosen), chosen)


if __name__ == "__main__":
    main(*sys.argv[1:3])
