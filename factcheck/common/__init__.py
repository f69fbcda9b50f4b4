"""The floor of the house: errors, input validation, dates, problem details, cursors, languages."""
