"""What the pages of papers, agendas and issues show: finished values for the templates."""
