// Asks an endpoint with Comunica: rows, triples, a truth, and a join of two sources that are both this endpoint.
import { QueryEngine } from "@comunica/query-sparql";

const { endpoint, rows, triples } = JSON.parse(process.argv[2]);
const source = { type: "sparql", value: endpoint };
const engine = new QueryEngine();
const context = { sources: [source] };

const found = await (await engine.queryBindings(rows, context)).toArray();
const made = await (await engine.queryQuads(triples, context)).toArray();
const ask = await engine.queryBoolean("ASK { ?s ?p ?o }", context);
const federated = `PREFIX pp: <https://w3id.org/pharma-policy-kg/ontology#>
SELECT ?t ?v { ?plan pp:setsTarget ?t . SERVICE <${endpoint}> { ?t pp:value ?v } }`;
const joined = await (await engine.queryBindings(federated, context)).toArray();

console.log(JSON.stringify({
  rows: found.map((row) => [row.get("value").value, row.get("unit").value]),
  triples: made.length, ask, joined: joined.length,
}));
