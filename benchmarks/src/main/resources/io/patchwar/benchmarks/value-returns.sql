-- Who fights over Service status.loadBalancer.ingress? Per Service: how often a value came back that someone else had
-- taken away (A-B-A). One field, hard-coded; columns typed, and no more of them than the question needs.
WITH stored AS (
    SELECT
        objectRef.namespace AS namespace,
        objectRef.name AS name,
        "user".username AS account,
        CAST(responseObject.metadata.resourceVersion AS UBIGINT) AS version,
        responseObject.status.loadBalancer.ingress AS ingress
    FROM read_json(
        ?,
        format = 'newline_delimited',
        ignore_errors = true,
        maximum_object_size = 67108864,
        columns = {
            stage: 'VARCHAR',
            verb: 'VARCHAR',
            "user": 'STRUCT(username VARCHAR)',
            objectRef: 'STRUCT(resource VARCHAR, namespace VARCHAR, name VARCHAR, apiGroup VARCHAR)',
            responseStatus: 'STRUCT(code INTEGER)',
            responseObject: 'STRUCT(
                kind VARCHAR,
                metadata STRUCT(resourceVersion VARCHAR),
                status STRUCT(loadBalancer STRUCT(ingress STRUCT(ip VARCHAR, hostname VARCHAR, ipMode VARCHAR)[])))'
        })
    WHERE stage = 'ResponseComplete'
      AND verb IN ('create', 'update', 'patch')
      AND objectRef.resource = 'services'
      AND objectRef.apiGroup IS NULL
      AND responseStatus.code BETWEEN 200 AND 299
      AND responseObject.kind = 'Service'
),
-- A write that changes nothing returns the version it found; a write of something else leaves the value as it was.
changes AS (
    SELECT *
    FROM stored
    WINDOW history AS (PARTITION BY namespace, name ORDER BY version)
    QUALIFY row_number() OVER history = 1 OR ingress IS DISTINCT FROM lag(ingress) OVER history
),
returns AS (
    SELECT namespace, name
    FROM changes
    WINDOW history AS (PARTITION BY namespace, name ORDER BY version)
    QUALIFY ingress = lag(ingress, 2) OVER history AND account <> lag(account) OVER history
)
SELECT namespace, name, count(*) AS returns
FROM returns
GROUP BY namespace, name
ORDER BY namespace, name
