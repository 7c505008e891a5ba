"""Programs that the project is kept with; no part of the package."""
