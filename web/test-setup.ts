// Filled by the web floor.
