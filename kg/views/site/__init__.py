"""The static explorer: pages that open from the disk, with no server and no network."""
