"""What each address of the API says of itself in the OpenAPI document, a module for each noun."""
