"""Run the command as ``python -m metiers_kg``."""

from metiers_kg.cli import main

if __name__ == "__main__":
    main()
