"""Recording a visit on the inspector's laptop: one item per card, large answers, areas, the outcome at the end."""
