CREATE FUNCTION parindex.grade_with_quota(
	score float8,
	bands jsonb,
	quota jsonb,
	digits int DEFAULT 2
) RETURNS text
	LANGUAGE C IMMUTABLE PARALLEL SAFE WINDOW
	AS 'MODULE_PATHNAME', 'parindex_grade_with_quota_float8';

COMMENT ON FUNCTION parindex.grade_with_quota(float8, jsonb, jsonb, int) IS
'Window function: grade of the score by bands, as by grade(float8, jsonb, int), where only a share of the partition may get a grade. quota: jsonb object of label and share of the n ranked rows, from 0 to 1, such as {"A": 0.2}; a label left out, or quota NULL, is without limit. Bands are served from the highest: of those who reach its lowest score and have no better grade, the best floor(share * n) get it, computed in decimal. Of scores that tie across that cut, as rounded, none get it. Those left over are considered for the next lower band, and its quota holds for them too; below the lowest band they get NULL. Needs no ORDER BY in the window and ignores one. NULL and NaN scores get NULL and do not count in n. bands, quota and digits must be the same for all rows of a partition. Errors: 22023 as for grade, a quota that is no object, for an unknown label, no number or not from 0 to 1, or an argument that varies; 22004 bands NULL; 22003 more than 2147483647 rows.';

CREATE FUNCTION parindex.grade_with_quota(
	score numeric,
	bands jsonb,
	quota jsonb,
	digits int DEFAULT 2
) RETURNS text
	LANGUAGE C IMMUTABLE PARALLEL SAFE WINDOW
	AS 'MODULE_PATHNAME', 'parindex_grade_with_quota_numeric';

COMMENT ON FUNCTION parindex.grade_with_quota(numeric, jsonb, jsonb, int) IS
'Window function: grade of the numeric score by bands with quotas; all as for grade_with_quota(float8, jsonb, jsonb, int).';
