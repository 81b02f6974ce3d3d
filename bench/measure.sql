-- What a measure is and how it is taken.
\set ON_ERROR_STOP on

CREATE SCHEMA bench;

-- Our query, its peer in core, and the goal: for the quotient of the two, or
-- for our figure where there is no peer. The floor is the same scan, grouping
-- and sort under a function that does as good as nothing.
CREATE TABLE bench.measure (
	place       int GENERATED ALWAYS AS IDENTITY,
	part        text NOT NULL DEFAULT current_setting('bench.part'),  -- folder of its data
	name        text PRIMARY KEY,
	source      text NOT NULL,                      -- table read, for its size
	peer_source text,                               -- if another
	quantity    text NOT NULL DEFAULT 'ms',         -- see bench.cost()
	settings    text[] NOT NULL DEFAULT '{}',       -- beyond those of the whole run
	goal        numeric,
	ours        text NOT NULL,
	peer        text,
	floor       text,
	agreement   text                                -- must give true before all else
);

CREATE FUNCTION bench.size(source text) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
	size bigint;
BEGIN
	EXECUTE 'SELECT count(*) FROM ' || source INTO size;
	RETURN size;
END
$$;

-- kB of memory that this process holds for itself, now and at most since its
-- memory was last looked at. Pages shared with others are the shared buffers
-- and the program.
CREATE FUNCTION bench.private_memory(OUT now bigint, OUT peak bigint)
LANGUAGE plpgsql AS $$
DECLARE
	kb jsonb;
BEGIN
	SELECT jsonb_object_agg(line[1], line[2]::bigint) INTO STRICT kb
	FROM regexp_matches(pg_read_file('/proc/self/status'), '(\w+):\s+(\d+) kB', 'g') AS line;
	now := kb->'RssAnon';
	peak := (kb->'VmHWM')::bigint - (kb->'RssFile')::bigint - (kb->'RssShmem')::bigint;
	-- 5 sets VmHWM back (proc(5)); COPY opens the file in this process.
	COPY (SELECT 5) TO '/proc/self/clear_refs';
END
$$;

-- What a query takes:
--   ms, ns/row  time, whole or by row of the table read
--   kB          peak memory of the hash table
--   B/row       peak memory of the process above `held` kB, by row
-- EXPLAIN ANALYZE computes every row and column and sends none of it, so that
-- neither a client nor a removed column is measured.
CREATE FUNCTION bench.cost(query text, quantity text, settings text[], rows bigint, held bigint) RETURNS numeric
LANGUAGE plpgsql AS $$
DECLARE
	plan jsonb;
	ms numeric;
BEGIN
	PERFORM bench.private_memory();
	EXECUTE 'EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ' || query INTO plan;

	IF 'max_parallel_workers_per_gather=2' = ANY (settings)
		AND NOT plan @? '$.**."Workers Launched" ? (@ == 2)'
	THEN
		RAISE EXCEPTION 'not run by 2 workers: %', query;
	END IF;

	ms := plan->0->>'Execution Time';
	CASE quantity
	WHEN 'ms' THEN
		RETURN ms;
	WHEN 'ns/row' THEN
		RETURN ms * 1e6 / rows;
	WHEN 'B/row' THEN
		RETURN ((bench.private_memory()).peak - held) * 1024.0 / rows;
	WHEN 'kB' THEN
		IF NOT plan @? '$.**."Peak Memory Usage"' OR plan @? '$.**."HashAgg Batches" ? (@ > 1)' THEN
			RAISE EXCEPTION 'no hash table, or not all of it in memory: %', query;
		END IF;
		RETURN (SELECT sum(kb::numeric) FROM jsonb_path_query(plan, '$.**."Peak Memory Usage"') AS kb);
	END CASE;
END
$$;

CREATE FUNCTION bench.shown(value numeric) RETURNS text
LANGUAGE sql AS $$
	SELECT coalesce(round(value, CASE WHEN value < 100 THEN 1 ELSE 0 END)::text, '-')
$$;

-- One measure in one session: after a first round that warms the cache, ours,
-- peer and floor take turns :rounds times. Gives a line of the table.
CREATE FUNCTION bench.run(measure_name text, rounds int) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
	m bench.measure;
	setting text;
	size bigint;
	peer_size bigint;
	held bigint := (bench.private_memory()).now;
	agree bool;
	ours numeric[];
	peer numeric[];
	floor numeric[];
	o numeric[];
	p numeric[];
	f numeric;
	reached numeric;
BEGIN
	SELECT * INTO STRICT m FROM bench.measure WHERE name = measure_name;
	FOREACH setting IN ARRAY m.settings LOOP
		PERFORM set_config(split_part(setting, '=', 1), split_part(setting, '=', 2), true);
	END LOOP;
	size := bench.size(m.source);
	peer_size := bench.size(coalesce(m.peer_source, m.source));

	IF m.agreement IS NOT NULL THEN
		EXECUTE m.agreement INTO agree;
		IF agree IS NOT TRUE THEN
			RAISE EXCEPTION 'the results differ: %', m.agreement;
		END IF;
	END IF;

	FOR round IN 0 .. rounds LOOP
		ours[round] := bench.cost(m.ours, m.quantity, m.settings, size, held);
		IF m.peer IS NOT NULL THEN
			peer[round] := bench.cost(m.peer, m.quantity, m.settings, peer_size, held);
		END IF;
		IF m.floor IS NOT NULL THEN
			floor[round] := bench.cost(m.floor, m.quantity, m.settings, size, held);
		END IF;
	END LOOP;

	-- minimum, median, maximum
	SELECT percentile_disc('{0,0.5,1}'::float8[]) WITHIN GROUP (ORDER BY v) INTO o FROM unnest(ours[1:]) AS v;
	SELECT percentile_disc('{0,0.5,1}'::float8[]) WITHIN GROUP (ORDER BY v) INTO p FROM unnest(peer[1:]) AS v;
	SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY v) INTO f FROM unnest(floor[1:]) AS v;
	reached := CASE WHEN m.peer IS NULL THEN o[2] ELSE o[2] / p[2] END;

	RETURN concat_ws('|', m.name, size, m.quantity,
		bench.shown(o[2]), format('%s-%s', bench.shown(o[1]), bench.shown(o[3])),
		bench.shown(p[2]), CASE WHEN p IS NULL THEN '-' ELSE format('%s-%s', bench.shown(p[1]), bench.shown(p[3])) END,
		bench.shown(f),
		coalesce(round(100 * (o[2] - f) / o[2]) || ' %', '-'),
		coalesce(round(o[2] / p[2], 3)::text, '-'),
		coalesce(m.goal::text, '-'),
		CASE WHEN m.goal IS NULL THEN '' WHEN reached <= m.goal THEN 'met' ELSE 'missed' END);
END
$$;
