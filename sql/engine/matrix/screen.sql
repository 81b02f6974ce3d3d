-- Denominators, and leaving out units or criteria with too little data.

CREATE FUNCTION parindex.denominate(
		matrix parindex.score_matrix,
		code text,
		denominator text,
		scale float8 DEFAULT 1
	) RETURNS parindex.score_matrix
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_denominate';

COMMENT ON FUNCTION parindex.denominate(matrix parindex.score_matrix, code text, denominator text, scale float8) IS
'The matrix with criterion code divided by criterion denominator, cell by cell: value * scale / denominator, such as doctors per 1000 inhabitants by scale 1000. The denominator stays in the matrix as it is. A cell is missing where either is missing or the denominator is 0, not applicable where either is that. Errors: an unknown code, a scale of 0 or not finite (22023), a result beyond double precision (22003). NULL for a NULL argument.';

CREATE FUNCTION parindex.denominate(
		matrix parindex.score_matrix,
		denominators jsonb
	) RETURNS parindex.score_matrix
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_denominate_all';

COMMENT ON FUNCTION parindex.denominate(matrix parindex.score_matrix, denominators jsonb) IS
'As denominate(matrix, code, denominator, scale), for several criteria at once: an object from codes to denominators, or to pairs of denominator and scale, such as {"deaths": "births", "doctors": ["population", 1000]}. All denominators are those of the matrix given, also where they are divided themselves. Another form is an error (22023).';

CREATE FUNCTION parindex.data_availability(matrix parindex.score_matrix)
	RETURNS TABLE(
		unit text,
		n_missing int,
		n_zero int,
		n_missing_or_zero int,
		availability float8,
		non_zero float8,
		n_not_applicable int,
		period int
	)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_data_availability';

COMMENT ON FUNCTION parindex.data_availability(matrix parindex.score_matrix) IS
'One row per unit (and period): cells missing, cells observed that are 0, their sum; availability, the share of the applicable cells that are observed, and non_zero, the share of the observed cells that are not 0, both 0 to 1 and NULL where they are shares of nothing; cells not applicable. No rows for NULL.';

CREATE FUNCTION parindex.screen(
		matrix parindex.score_matrix,
		min_share float8,
		min_nonzero float8 DEFAULT 0,
		by text DEFAULT 'unit'
	) RETURNS parindex.score_matrix
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_screen';

COMMENT ON FUNCTION parindex.screen(matrix parindex.score_matrix, min_share float8, min_nonzero float8, by text) IS
'The matrix without the units (rows, where there are periods; criteria by => ''criterion'') whose availability is below min_share or whose share of values other than 0 is below min_nonzero, as data_availability() gives them; a share equal to the bound stays, and so does one of nothing. Both bounds are 0 to 1. Another bound, or by, is an error (22023). NULL for a NULL argument.';
