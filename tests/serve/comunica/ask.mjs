// Asks an endpoint with Comunica: rows, triples, a truth, and a join of this endpoint with notes of one's own.
import { QueryEngine } from "@comunica/query-sparql";

const { endpoint, rows, triples } = JSON.parse(process.argv[2]);
const source = { type: "sparql", value: endpoint };
const engine = new QueryEngine();
const context = { sources: [source] };

const found = await (await engine.queryBindings(rows, context)).toArray();
const made = await (await engine.queryQuads(triples, context)).toArray();
const ask = await engine.queryBoolean("ASK { ?s ?p ?o }", context);
const notes = {
  type: "serialized", mediaType: "text/turtle", baseIRI: "urn:notes",
  value: "<urn:me> <urn:reads> <https://w3id.org/pharma-policy-kg/id/document/jiangsu-2021> .",
};
const both = `PREFIX pp: <https://w3id.org/pharma-policy-kg/ontology#>
SELECT ?value { <urn:me> <urn:reads> ?plan . ?plan pp:setsTarget ?t . ?t pp:value ?value }`;
const joined = await (await engine.queryBindings(both, { sources: [source, notes] })).toArray();

console.log(JSON.stringify({
  rows: found.map((row) => [row.get("value").value, row.get("unit").value]),
  triples: made.length, ask, joined: joined.map((row) => row.get("value").value),
}));
