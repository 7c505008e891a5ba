"""What an installed metiers-kg is made of: its dependencies, their licences, a bill of materials, known weaknesses."""
