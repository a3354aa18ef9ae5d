"""Runs the workbench as `python -m app`."""

import gc

# Nothing that is imported is garbage, and looking for some costs a tenth of the start: `GuiThreadGc` takes over.
gc.disable()

from app.main import main  # noqa: E402

if __name__ == "__main__":
    raise SystemExit(main())
