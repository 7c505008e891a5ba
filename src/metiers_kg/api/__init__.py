"""HTTP: SPARQL protocol, saved queries, resources, problems."""
