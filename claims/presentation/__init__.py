"""From a record's content to what public pages show. Pure: codes become words, edges a chain."""
