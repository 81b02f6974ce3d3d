-- Weights brought to known totals of auxiliary variables.

CREATE FUNCTION parindex.calibrate(
	weight float8,
	x float8[],
	totals float8[],
	distance text DEFAULT 'linear',
	lower float8 DEFAULT NULL,
	upper float8 DEFAULT NULL,
	epsilon float8 DEFAULT 1e-10,
	max_iterations int DEFAULT 50
) RETURNS float8
	LANGUAGE C IMMUTABLE PARALLEL SAFE WINDOW
	AS 'MODULE_PATHNAME', 'parindex_calibrate';

COMMENT ON FUNCTION parindex.calibrate(float8, float8[], float8[], text, float8, float8, float8, int) IS
'Window function: the weight of each respondent times a factor g, close to 1, such that weight * x sums to totals in its partition (Deville and Särndal 1992). x: 1 to 100 auxiliary variables, such as ARRAY[1, (sex = ''m'')::int, income]; totals: theirs in the population. distance: linear (the generalised regression estimator; without bounds weights may be negative), raking (g = exp, positive) or logit. lower, upper: bounds of g around 1, NULL for none; logit needs both and stays within them, the others are cut at them. Ends when each total is met within epsilon, a share of the total or, if that is more, of the sum of weight * |x|. A variable that is a combination of others is dropped. The order of rows does not change a bit; calibrate_residual() leads to standard errors. A weight NULL: no respondent, gets NULL. Needs no ORDER BY in the window and ignores one. Errors: 22023 a weight that is negative or not finite, an auxiliary variable that is not finite or always 0, bounds that do not enclose 1, totals not reached in max_iterations, an argument that varies; 22004 an auxiliary variable, totals or setting NULL; 2202E lists of different lengths.';

CREATE FUNCTION parindex.calibrate_residual(
	y float8,
	weight float8,
	base_weight float8,
	x float8[],
	kind text DEFAULT 'mean'
) RETURNS float8
	LANGUAGE C IMMUTABLE PARALLEL SAFE WINDOW
	AS 'MODULE_PATHNAME', 'parindex_calibrate_residual';

COMMENT ON FUNCTION parindex.calibrate_residual(float8, float8, float8, float8[], text) IS
'Window function: what calibration leaves of each respondent''s value, such that the standard error of the total of the residuals by the calibrated weights is that of the estimate (Deville and Särndal 1992). kind: mean or total, the estimate meant; for that of a domain let y be NULL outside. y NULL: no answer, counts as a respondent. weight: as calibrated; NULL: no respondent, gets NULL. base_weight: the weight before calibration. x: as for calibrate(). In units of y for a total, of y by the sum of weights for a mean. Must see all respondents in one partition. Needs no ORDER BY in the window and ignores one. Errors: 22023 a value, weight or auxiliary variable that is not finite, a negative base_weight, an unknown kind; 22004 a base_weight, auxiliary variable or kind NULL; 2202E lists of different lengths.';
