-- Stored digits are read and built right, for every shape a numeric can have:
-- the sum of one row of weight 1 is the value itself, bit for bit.
CREATE SCHEMA test_numeric_digits;
SET search_path = test_numeric_digits, parindex;

CREATE TEMP TABLE shape (x numeric);

-- Powers of ten around the limits of short header, weight and scale.
INSERT INTO shape
SELECT (s || '1e' || e)::numeric
FROM generate_series(-300, 300) AS e, (VALUES (''), ('-')) AS sign (s);

-- Runs of digits at every place against the base-10000 grid.
INSERT INTO shape
SELECT (s || repeat('98765432100123456789', 4))::numeric % (10::numeric ^ digits)
	* ('1e' || e)::numeric
FROM generate_series(1, 60) AS digits,
	generate_series(-30, 30, 3) AS e,
	(VALUES (''), ('-')) AS sign (s);

-- Trailing zeros that are displayed and not stored; zeros of every scale.
INSERT INTO shape
SELECT round(x, scale)
FROM (VALUES (0), (1), (-20000), (99999999.5)) AS v (x),
	generate_series(0, 300) AS scale;

-- Limits of the format, and values that are no numbers.
INSERT INTO shape
VALUES
	('1e131071'), ('-1e-16383'), (repeat('9', 131072)::numeric),
	((repeat('9', 131072) || '.' || repeat('9', 16383))::numeric),
	(('-0.' || repeat('0', 16380) || '123')::numeric),
	(('0.' || repeat('0', 16383))::numeric),
	('NaN'), ('Infinity'), ('-Infinity');

SELECT count(*) > 4000 AS many,
	bool_and(numeric_send(own) = numeric_send(x)) AS sum_is_value,
	bool_and(weight = 1) AS weight_is_one
FROM (
	SELECT x, sum_of(decimal_stats(x, 1)) AS own,
		weight_of(decimal_stats(x, 1)) AS weight
	FROM shape
	GROUP BY ctid, x
) AS s;

-- As weights.
SELECT bool_and(numeric_send(weight_of(stats)) = numeric_send(x)) AS weight_is_value
FROM (
	SELECT x, decimal_stats(0, x) AS stats
	FROM shape
	WHERE x >= 0 AND x < 'Infinity'
	GROUP BY ctid, x
) AS s;

-- The same through long headers (not from a table), compressed, out of line,
-- and with a header of one byte (all of the above that are short).
CREATE TEMP TABLE place (kind text, x numeric);
ALTER TABLE place ALTER COLUMN x SET STORAGE extended;
INSERT INTO place VALUES ('compressed', ('1' || repeat('00000003', 2000))::numeric);
ALTER TABLE place ALTER COLUMN x SET STORAGE external;
INSERT INTO place
SELECT 'external', string_agg(1 + (i * i % 9) || '', '')::numeric
FROM generate_series(1, 20000) AS i;
ALTER TABLE place ALTER COLUMN x SET STORAGE plain;
INSERT INTO place VALUES ('plain', 12.34);
SELECT kind, pg_column_size(x) AS size, sum_of(decimal_stats(x, 1)) = x AS same,
	sum_of(decimal_stats(x, x)) = x * x AS same_square
FROM place
GROUP BY kind, x
ORDER BY kind;
SELECT bool_and(same) AS computed_values_are_read
FROM (
	SELECT numeric_send(sum_of(decimal_stats(x + 0, 1))) = numeric_send(x + 0) AS same
	FROM shape
	GROUP BY ctid, x
) AS s;
