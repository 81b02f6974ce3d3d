-- Weights cut at bounds.

CREATE FUNCTION parindex.trim_weights(
	weight float8,
	lower float8 DEFAULT NULL,
	upper float8 DEFAULT NULL,
	strict bool DEFAULT false
) RETURNS float8
	LANGUAGE C IMMUTABLE PARALLEL SAFE WINDOW
	AS 'MODULE_PATHNAME', 'parindex_trim_weights';

COMMENT ON FUNCTION parindex.trim_weights(float8, float8, float8, bool) IS
'Window function: the weight of each respondent, cut at the bounds lower and upper (NULL: none), with what was cut off shared equally by the weights of the partition within them, so that the sum stays (as trimWeights() of R''s survey). That may push some over a bound; strict: those are cut too, until none is over. Margins reached by calibration are left a little. The order of rows does not change a bit. A weight NULL gets NULL. Needs no ORDER BY in the window and ignores one. Errors: 22023 a weight that is not finite, a lower bound not below the upper, no weight within them, with strict bounds between which as many weights cannot have the same sum, an argument that varies; 22004 strict NULL.';
