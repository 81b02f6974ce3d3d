-- Type scoring_rule: how what was measured becomes points; and apply_rule().
-- The text form is described in docs/scoring_rules.md.

--@ type_io
--@ type: scoring_rule
--@ many: rules
--@ alignment: int4
--@ refused: Checks the rule. Errors: 22P02 for a text that is no rule, 22023 for a rule that cannot be meant, such as a step that is never reached, 54000 for more than 1000 steps, a number of more than 30 digits before or after the point, or a text of more than 256 kB.
--@ refused_binary: It is a version byte, then the text form. Errors: 22P03 for an unknown version, else as scoring_rule_in().

COMMENT ON TYPE parindex.scoring_rule IS
'How what was measured becomes points: direct points, yes or no, ratio, steps, deduction, bonus, penalty, goalposts, or relative to peers. Written as text such as ''steps >0.9: 2, >=0.7: 1, else 0'', ''ratio max 10, below 80%: 0'' or ''scale 0.8: 0, 1: 20, 1.2: 24'', checked when it is made; all numbers are exact decimals. Cast to and from text to keep rules in tables.';

--@ ordered_type
--@ type: scoring_rule
--@ one: rule
--@ many: rules
--@ equal: they are the same rule, however it was written
--@ order: by their stored forms

-- What a rule says.

CREATE FUNCTION parindex.rule_kind(rule parindex.scoring_rule) RETURNS text
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_rule_kind';

COMMENT ON FUNCTION parindex.rule_kind(parindex.scoring_rule) IS
'Kind of a rule: points, yes_no, ratio, steps, deduction, bonus, penalty, minmax, zscore, rank, percentile, distance_to_target, distance_to_maximum, distance_to_unit, goalposts, log_goalposts, scale, ratio_to_maximum, percentile_cume_dist, percentile_hazen or sum (of several).';

CREATE FUNCTION parindex.rule_is_relative(rule parindex.scoring_rule) RETURNS boolean
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_rule_is_relative';

COMMENT ON FUNCTION parindex.rule_is_relative(parindex.scoring_rule) IS
'Whether a rule compares a value with those of its peers: minmax, zscore, rank, percentile, distance to a maximum or to a unit, ratio to the maximum, distance to a target unless it says from where, and a sum of which a part does. NULL for NULL.';

CREATE FUNCTION parindex.rule_max_points(rule parindex.scoring_rule) RETURNS numeric
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_rule_max_points';

COMMENT ON FUNCTION parindex.rule_max_points(parindex.scoring_rule) IS
'Most points a rule can give: 0 for a penalty, the cap of a bonus. NULL where there is no such maximum: zscore, rank, and points without "max".';

-- Points.

CREATE FUNCTION parindex.apply_rule(rule parindex.scoring_rule, value numeric)
	RETURNS numeric
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_apply_rule_numeric';

COMMENT ON FUNCTION parindex.apply_rule(parindex.scoring_rule, numeric) IS
'Points for a value: a share, a count of occurrences, points, or 1 and 0 for yes and no, as the kind of the rule says. Exact, but for a quotient, which is divided once by numeric division (at least 16 significant digits), and logarithms, computed to 40 decimals, whose points are rounded to 16. Points carry no trailing zeros, but those written by hand. NULL for NULL. Errors, all 22023: NaN or infinity; points outside 0 to "max"; a count that is negative or not whole; a value not above 0 on a logarithmic scale; a rule that compares peers.';

CREATE FUNCTION parindex.apply_rule(rule parindex.scoring_rule, value float8)
	RETURNS numeric
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_apply_rule_float8';

COMMENT ON FUNCTION parindex.apply_rule(parindex.scoring_rule, float8) IS
'As apply_rule for numeric, of the shortest decimal that reads back as the same float8.';

CREATE FUNCTION parindex.apply_rule(rule parindex.scoring_rule, value bigint)
	RETURNS numeric
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_apply_rule_bigint';

COMMENT ON FUNCTION parindex.apply_rule(parindex.scoring_rule, bigint) IS
'As apply_rule for numeric, of a whole number.';

CREATE FUNCTION parindex.apply_rule(rule parindex.scoring_rule, answer boolean)
	RETURNS numeric
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_apply_rule_boolean';

COMMENT ON FUNCTION parindex.apply_rule(parindex.scoring_rule, boolean) IS
'Points for yes (true) or no (false). NULL for NULL. Errors: 22023 for a rule of another kind than yes_no.';

CREATE FUNCTION parindex.apply_rule(rule parindex.scoring_rule, numerator numeric, denominator numeric)
	RETURNS numeric
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_apply_rule_quotient_numeric';

COMMENT ON FUNCTION parindex.apply_rule(parindex.scoring_rule, numeric, numeric) IS
'Points for the value numerator / denominator. It is compared with bounds without dividing, so that 2 of 3 is below 0.6667 exactly; points in proportion are divided once. Where both are 0, what the rule says after "if none". NULL for a NULL. Errors: 22012 for 0 of 0 without "if none", and for a denominator 0 under another numerator; 22023 for NaN, infinity, a negative denominator, and for rules of counts, yes or no, and peers.';

CREATE FUNCTION parindex.apply_rule(rule parindex.scoring_rule, numerator float8, denominator float8)
	RETURNS numeric
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_apply_rule_quotient_float8';

COMMENT ON FUNCTION parindex.apply_rule(parindex.scoring_rule, float8, float8) IS
'As apply_rule for numeric numerator and denominator, of the shortest decimals that read back as the same float8.';

CREATE FUNCTION parindex.apply_rule(rule parindex.scoring_rule, numerator bigint, denominator bigint)
	RETURNS numeric
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_apply_rule_quotient_bigint';

COMMENT ON FUNCTION parindex.apply_rule(parindex.scoring_rule, bigint, bigint) IS
'As apply_rule for numeric numerator and denominator, of whole numbers.';

CREATE FUNCTION parindex.apply_rule(rule parindex.scoring_rule, value numeric, reference numeric[])
	RETURNS numeric
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_apply_rule_peers_numeric';

COMMENT ON FUNCTION parindex.apply_rule(parindex.scoring_rule, numeric, numeric[]) IS
'Points for a value among the values of a reference set, which may span units and rounds and need not hold the value. Shares are held within 0 to 1. A rule that needs no peers is applied to the value alone. zscore by the sample standard deviation; rank counts from 1 for the worst, ties take the lowest place. NULL elements are skipped; NULL for a NULL, and where the set gives no scale: no values, all equal (minmax, zscore, distance to maximum), or fewer than two (percentile). Errors: 22023 for NaN or infinity; 0A000 for a distance to a unit, which normalise() computes.';

CREATE FUNCTION parindex.apply_rule(rule parindex.scoring_rule, value float8, reference float8[])
	RETURNS numeric
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_apply_rule_peers_float8';

COMMENT ON FUNCTION parindex.apply_rule(parindex.scoring_rule, float8, float8[]) IS
'As apply_rule for a numeric value and reference set, of the shortest decimals that read back as the same float8.';
