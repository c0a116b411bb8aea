"""The lab's pages; `doors` knows them all."""
