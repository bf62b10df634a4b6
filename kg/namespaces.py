"""The terms of the graph as plain strings: cheap to import, safe against typing errors.

Every term of the project's own ontology that the code writes or reads stands in :class:`PP`; terms of
standard vocabularies stand beside it. ``ontology/pharma-policy.ttl`` declares each term of ``PP``, and
the tests hold the two to each other.

>>> PP.hosts
'https://w3id.org/pharma-policy-kg/ontology#hosts'
>>> thing("region", "330100")
'https://w3id.org/pharma-policy-kg/id/region/330100'
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

ONTOLOGY: Final = "https://w3id.org/pharma-policy-kg/ontology#"
ID: Final = "https://w3id.org/pharma-policy-kg/id/"


def thing(kind: str, tail: str) -> str:
    """The IRI of a thing of the graph: its kind and the rest of its name.

    >>> thing("field", "yi-yao").removeprefix(ID)
    'field/yi-yao'
    """
    return f"{ID}{kind}/{tail}"


class PP:
    """The project's own terms: classes with a capital, properties and comparators without."""

    # Things
    PolicyDocument: Final = ONTOLOGY + "PolicyDocument"
    Section: Final = ONTOLOGY + "Section"
    Region: Final = ONTOLOGY + "Region"
    Country: Final = ONTOLOGY + "Country"
    Province: Final = ONTOLOGY + "Province"
    Prefecture: Final = ONTOLOGY + "Prefecture"
    County: Final = ONTOLOGY + "County"
    RegionGroup: Final = ONTOLOGY + "RegionGroup"
    Cluster: Final = ONTOLOGY + "Cluster"
    IndustrialCluster: Final = ONTOLOGY + "IndustrialCluster"
    Park: Final = ONTOLOGY + "Park"
    Base: Final = ONTOLOGY + "Base"
    Zone: Final = ONTOLOGY + "Zone"
    Hub: Final = ONTOLOGY + "Hub"
    Belt: Final = ONTOLOGY + "Belt"
    Town: Final = ONTOLOGY + "Town"
    ProductField: Final = ONTOLOGY + "ProductField"
    Sector: Final = ONTOLOGY + "Sector"
    Disease: Final = ONTOLOGY + "Disease"
    DrugTarget: Final = ONTOLOGY + "DrugTarget"
    Enterprise: Final = ONTOLOGY + "Enterprise"
    Institution: Final = ONTOLOGY + "Institution"
    Agency: Final = ONTOLOGY + "Agency"
    Target: Final = ONTOLOGY + "Target"
    Statistic: Final = ONTOLOGY + "Statistic"
    Indicator: Final = ONTOLOGY + "Indicator"
    Measure: Final = ONTOLOGY + "Measure"
    Programme: Final = ONTOLOGY + "Programme"
    Assertion: Final = ONTOLOGY + "Assertion"

    # Closed lists of values, and the values
    Comparator: Final = ONTOLOGY + "Comparator"
    atLeast: Final = ONTOLOGY + "atLeast"
    moreThan: Final = ONTOLOGY + "moreThan"
    exactly: Final = ONTOLOGY + "exactly"
    about: Final = ONTOLOGY + "about"
    atMost: Final = ONTOLOGY + "atMost"
    lessThan: Final = ONTOLOGY + "lessThan"
    between: Final = ONTOLOGY + "between"
    Direction: Final = ONTOLOGY + "Direction"
    Level: Final = ONTOLOGY + "Level"
    Increase: Final = ONTOLOGY + "Increase"
    Decrease: Final = ONTOLOGY + "Decrease"
    DocumentStatus: Final = ONTOLOGY + "DocumentStatus"
    Final_: Final = ONTOLOGY + "Final"
    Draft: Final = ONTOLOGY + "Draft"
    ClusterStatus: Final = ONTOLOGY + "ClusterStatus"
    Existing: Final = ONTOLOGY + "Existing"
    Planned: Final = ONTOLOGY + "Planned"
    Supported: Final = ONTOLOGY + "Supported"
    GovernmentLevel: Final = ONTOLOGY + "GovernmentLevel"
    National: Final = ONTOLOGY + "National"
    Provincial: Final = ONTOLOGY + "Provincial"
    Municipal: Final = ONTOLOGY + "Municipal"
    CountyLevel: Final = ONTOLOGY + "CountyLevel"
    InstitutionKind: Final = ONTOLOGY + "InstitutionKind"
    University: Final = ONTOLOGY + "University"
    Hospital: Final = ONTOLOGY + "Hospital"
    Laboratory: Final = ONTOLOGY + "Laboratory"
    Platform: Final = ONTOLOGY + "Platform"
    Association: Final = ONTOLOGY + "Association"
    OtherInstitution: Final = ONTOLOGY + "OtherInstitution"

    # Statements about documents
    jurisdiction: Final = ONTOLOGY + "jurisdiction"
    issuer: Final = ONTOLOGY + "issuer"
    periodStart: Final = ONTOLOGY + "periodStart"
    periodEnd: Final = ONTOLOGY + "periodEnd"
    status: Final = ONTOLOGY + "status"
    governmentLevel: Final = ONTOLOGY + "governmentLevel"
    prioritises: Final = ONTOLOGY + "prioritises"
    setsTarget: Final = ONTOLOGY + "setsTarget"
    reports: Final = ONTOLOGY + "reports"
    cites: Final = ONTOLOGY + "cites"
    mentions: Final = ONTOLOGY + "mentions"

    # Statements about regions, clusters, fields, bodies
    within: Final = ONTOLOGY + "within"
    hosts: Final = ONTOLOGY + "hosts"
    locatedIn: Final = ONTOLOGY + "locatedIn"
    inProvince: Final = ONTOLOGY + "inProvince"
    clusterStatus: Final = ONTOLOGY + "clusterStatus"
    focusesOn: Final = ONTOLOGY + "focusesOn"
    develops: Final = ONTOLOGY + "develops"
    strongIn: Final = ONTOLOGY + "strongIn"
    treats: Final = ONTOLOGY + "treats"
    actsOn: Final = ONTOLOGY + "actsOn"
    produces: Final = ONTOLOGY + "produces"
    basedIn: Final = ONTOLOGY + "basedIn"
    institutionKind: Final = ONTOLOGY + "institutionKind"
    kindOfAgency: Final = ONTOLOGY + "kindOfAgency"
    responsibleAgency: Final = ONTOLOGY + "responsibleAgency"
    leadAgency: Final = ONTOLOGY + "leadAgency"
    candidate: Final = ONTOLOGY + "candidate"

    # What describes a target or a statistic
    indicator: Final = ONTOLOGY + "indicator"
    indicatorText: Final = ONTOLOGY + "indicatorText"
    scope: Final = ONTOLOGY + "scope"
    comparator: Final = ONTOLOGY + "comparator"
    value: Final = ONTOLOGY + "value"
    valueMax: Final = ONTOLOGY + "valueMax"
    unit: Final = ONTOLOGY + "unit"
    qudtUnit: Final = ONTOLOGY + "qudtUnit"
    deadline: Final = ONTOLOGY + "deadline"
    baseline: Final = ONTOLOGY + "baseline"
    direction: Final = ONTOLOGY + "direction"
    appliesTo: Final = ONTOLOGY + "appliesTo"
    year: Final = ONTOLOGY + "year"
    period: Final = ONTOLOGY + "period"

    # Sections, and the places of quotes
    number: Final = ONTOLOGY + "number"
    level: Final = ONTOLOGY + "level"
    order: Final = ONTOLOGY + "order"
    start: Final = ONTOLOGY + "start"
    end: Final = ONTOLOGY + "end"

    # Evidence: what an assertion carries
    factType: Final = ONTOLOGY + "factType"
    detailOf: Final = ONTOLOGY + "detailOf"
    subjectText: Final = ONTOLOGY + "subjectText"
    objectText: Final = ONTOLOGY + "objectText"
    category: Final = ONTOLOGY + "category"
    categoryText: Final = ONTOLOGY + "categoryText"
    parentField: Final = ONTOLOGY + "parentField"
    parentText: Final = ONTOLOGY + "parentText"
    mentionCount: Final = ONTOLOGY + "mentionCount"
    alsoAt: Final = ONTOLOGY + "alsoAt"
    quote: Final = ONTOLOGY + "quote"
    section: Final = ONTOLOGY + "section"
    rule: Final = ONTOLOGY + "rule"
    confidence: Final = ONTOLOGY + "confidence"

    # The build
    sha256: Final = ONTOLOGY + "sha256"
    characters: Final = ONTOLOGY + "characters"
    factCount: Final = ONTOLOGY + "factCount"


class RDF:
    """Terms of RDF."""

    _: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    type: Final = _ + "type"
    subject: Final = _ + "subject"
    predicate: Final = _ + "predicate"
    object: Final = _ + "object"
    first: Final = _ + "first"
    rest: Final = _ + "rest"
    nil: Final = _ + "nil"


class RDFS:
    """Terms of RDF Schema."""

    _: Final = "http://www.w3.org/2000/01/rdf-schema#"
    label: Final = _ + "label"
    comment: Final = _ + "comment"
    subClassOf: Final = _ + "subClassOf"
    subPropertyOf: Final = _ + "subPropertyOf"
    domain: Final = _ + "domain"
    range: Final = _ + "range"


class OWL:
    """Terms of OWL 2."""

    _: Final = "http://www.w3.org/2002/07/owl#"
    Nothing: Final = _ + "Nothing"
    AllDisjointClasses: Final = _ + "AllDisjointClasses"
    AsymmetricProperty: Final = _ + "AsymmetricProperty"
    FunctionalProperty: Final = _ + "FunctionalProperty"
    InverseFunctionalProperty: Final = _ + "InverseFunctionalProperty"
    IrreflexiveProperty: Final = _ + "IrreflexiveProperty"
    disjointWith: Final = _ + "disjointWith"
    equivalentClass: Final = _ + "equivalentClass"
    inverseOf: Final = _ + "inverseOf"
    members: Final = _ + "members"
    versionInfo: Final = _ + "versionInfo"


class SKOS:
    """Terms of SKOS."""

    _: Final = "http://www.w3.org/2004/02/skos/core#"
    Concept: Final = _ + "Concept"
    ConceptScheme: Final = _ + "ConceptScheme"
    prefLabel: Final = _ + "prefLabel"
    altLabel: Final = _ + "altLabel"
    hiddenLabel: Final = _ + "hiddenLabel"
    broader: Final = _ + "broader"
    inScheme: Final = _ + "inScheme"
    exactMatch: Final = _ + "exactMatch"
    notation: Final = _ + "notation"


class DCTERMS:
    """Terms of Dublin Core."""

    _: Final = "http://purl.org/dc/terms/"
    title: Final = _ + "title"
    issued: Final = _ + "issued"
    isPartOf: Final = _ + "isPartOf"
    identifier: Final = _ + "identifier"


class PROV:
    """Terms of PROV-O."""

    _: Final = "http://www.w3.org/ns/prov#"
    wasDerivedFrom: Final = _ + "wasDerivedFrom"


class VOID:
    """Terms of VoID."""

    _: Final = "http://rdfs.org/ns/void#"
    Dataset: Final = _ + "Dataset"
    documents: Final = _ + "documents"
    entities: Final = _ + "entities"
    subset: Final = _ + "subset"
    triples: Final = _ + "triples"


class QUDT:
    """Units of QUDT."""

    _: Final = "http://qudt.org/vocab/unit/"
    PERCENT: Final = _ + "PERCENT"


class XSD:
    """Datatypes of XML Schema."""

    _: Final = "http://www.w3.org/2001/XMLSchema#"
    string: Final = _ + "string"
    boolean: Final = _ + "boolean"
    integer: Final = _ + "integer"
    decimal: Final = _ + "decimal"
    date: Final = _ + "date"
    gYear: Final = _ + "gYear"
    gYearMonth: Final = _ + "gYearMonth"


class GRAPH:
    """The named graphs that do not belong to one document; a document's graph has the document's IRI."""

    ontology: Final = ID + "graph/ontology"
    vocabulary: Final = ID + "graph/vocabulary"
    candidates: Final = ID + "graph/candidates"
    inferred: Final = ID + "graph/inferred"
    metadata: Final = ID + "graph/metadata"


CLUSTER_CLASSES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "cluster": PP.IndustrialCluster,
        "park": PP.Park,
        "town": PP.Town,
        "base": PP.Base,
        "zone": PP.Zone,
        "hub": PP.Hub,
        "belt": PP.Belt,
    }
)
"""The fact table's kinds of cluster and their classes."""

CLUSTER_STATUSES: Final[Mapping[str, str]] = MappingProxyType(
    {"existing": PP.Existing, "planned": PP.Planned, "supported": PP.Supported}
)
DOCUMENT_STATUSES: Final[Mapping[str, str]] = MappingProxyType({"final": PP.Final_, "draft": PP.Draft})
GOVERNMENT_LEVELS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "national": PP.National,
        "provincial": PP.Provincial,
        "municipal": PP.Municipal,
        "county": PP.CountyLevel,
    }
)
INSTITUTION_KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "university": PP.University,
        "hospital": PP.Hospital,
        "laboratory": PP.Laboratory,
        "platform": PP.Platform,
        "association": PP.Association,
        "other": PP.OtherInstitution,
    }
)
COMPARATORS: Final[Mapping[str, str]] = MappingProxyType(
    {
        ">=": PP.atLeast,
        ">": PP.moreThan,
        "=": PP.exactly,
        "~": PP.about,
        "<=": PP.atMost,
        "<": PP.lessThan,
        "range": PP.between,
    }
)
DIRECTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {"level": PP.Level, "increase": PP.Increase, "decrease": PP.Decrease}
)
STANCES: Final[Mapping[str, str]] = MappingProxyType({"develop": PP.develops, "strength": PP.strongIn})

EVIDENCED_PROPERTIES: Final[frozenset[str]] = frozenset(
    {
        PP.jurisdiction, PP.issuer, PP.periodStart, PP.periodEnd, PP.status, PP.governmentLevel,
        DCTERMS.issued, PP.prioritises, PP.setsTarget, PP.reports, PP.cites, PP.mentions,
        PP.hosts, PP.inProvince, PP.clusterStatus, PP.focusesOn, PP.develops, PP.strongIn,
        PP.treats, PP.actsOn, PP.produces, PP.basedIn, PP.institutionKind,
        PP.responsibleAgency, PP.leadAgency,
    }
)  # fmt: skip
"""In a document's graph, each statement with one of these properties needs an assertion."""

PREFIXES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "pp": ONTOLOGY,
        "id": ID,
        "rdf": RDF._,
        "rdfs": RDFS._,
        "owl": OWL._,
        "skos": SKOS._,
        "dcterms": DCTERMS._,
        "prov": PROV._,
        "void": VOID._,
        "xsd": XSD._,
    }
)
"""Prefixes that every query may use without declaring them."""

KINDS: Final = (
    "agency", "cluster", "disease", "document", "drug-target", "enterprise", "fact", "field", "graph",
    "indicator", "institution", "measure", "programme", "region", "scheme", "statistic", "target",
)  # fmt: skip
"""The kinds of things, as they stand in IRIs after ``id:``."""

TRIG_PREFIXES: Final[Mapping[str, str]] = MappingProxyType(
    {**PREFIXES, **{kind: f"{ID}{kind}/" for kind in KINDS}}
)
"""Prefixes of written files: one a kind, because a prefixed name with a bare slash is not valid Turtle."""
