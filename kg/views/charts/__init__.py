"""The views of the site: charts through Plotly, lists beside them, and SPARQL in the page."""
