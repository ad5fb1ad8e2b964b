"""RSS, Atom, RDF and JSON Feed: a document -> entries, however broken it is."""
