-- Weights brought to known margins: post-stratification and raking.

CREATE FUNCTION parindex.rake(
	weight float8,
	categories text[],
	targets jsonb,
	epsilon float8 DEFAULT 1e-10,
	max_iterations int DEFAULT 1000
) RETURNS float8
	LANGUAGE C IMMUTABLE PARALLEL SAFE WINDOW
	AS 'MODULE_PATHNAME', 'parindex_rake';

COMMENT ON FUNCTION parindex.rake(float8, text[], jsonb, float8, int) IS
'Window function: the weight of each respondent, raked so that the weights in its partition sum to the targets of each margin (iterative proportional fitting; Deming and Stephan 1940). categories: one of each margin, such as ARRAY[sex, age]. targets: an array of one object a margin, in the same order, of category and total, such as [{"f": 26000, "m": 24000}, {"young": 17500, "old": 32500}]; margins must have one total, to 1e-9 of it. Ends when every total lies within epsilon, a share of its target, from 1e-14 to below 1. The order of rows does not change a bit; rake_iterations() tells how many rounds it took, rake_residual() leads to standard errors. A weight NULL: no respondent, gets NULL; 0 stays 0. Needs no ORDER BY in the window and ignores one. Errors: 22023 a weight that is negative or not finite, a category without a target, a target without respondents, margins of different totals, no convergence in max_iterations (default 1000), an argument that varies; 22004 a category, targets or setting NULL.';

CREATE FUNCTION parindex.rake_iterations(
	weight float8,
	categories text[],
	targets jsonb,
	epsilon float8 DEFAULT 1e-10,
	max_iterations int DEFAULT 1000
) RETURNS int
	LANGUAGE C IMMUTABLE PARALLEL SAFE WINDOW
	AS 'MODULE_PATHNAME', 'parindex_rake_iterations';

COMMENT ON FUNCTION parindex.rake_iterations(float8, text[], jsonb, float8, int) IS
'Window function: how many rounds over the margins rake() with the same arguments needs in this partition until all of them are within epsilon; 0 where the weights fit as they are. Arguments and errors as for rake().';

CREATE FUNCTION parindex.post_stratify(
	weight float8,
	category text,
	targets jsonb
) RETURNS float8
	LANGUAGE C IMMUTABLE PARALLEL SAFE WINDOW
	AS 'MODULE_PATHNAME', 'parindex_post_stratify';

COMMENT ON FUNCTION parindex.post_stratify(float8, text, jsonb) IS
'Window function: the weight of each respondent, scaled so that the weights of each category (post-stratum) in its partition sum to its target. targets: an object of category and total, such as {"f": 26000, "m": 24000}. As rake() with one margin, with the same errors; rake_residual() leads to standard errors.';

CREATE FUNCTION parindex.rake_residual(
	y float8,
	weight float8,
	base_weight float8,
	categories text[],
	kind text DEFAULT 'mean'
) RETURNS float8
	LANGUAGE C IMMUTABLE PARALLEL SAFE WINDOW
	AS 'MODULE_PATHNAME', 'parindex_rake_residual';

COMMENT ON FUNCTION parindex.rake_residual(float8, float8, float8, text[], text) IS
'Window function: what post-stratification or raking leaves of each respondent''s value, such that the standard error of the total of the residuals by the raked weights is that of the estimate (Deville and Särndal 1992). kind: mean or total, the estimate meant; for that of a domain let y be NULL outside. y NULL: no answer, counts as a respondent. weight: as raked; NULL: no respondent, gets NULL. base_weight: by which the margins'' effects are averaged: the weight before raking; R''s survey (4.1) does so for postStratify() and takes plain averages after rake(), which is 1 here. categories: as for rake(); one for post_stratify(). In units of y for a total, of y by the sum of weights for a mean. Must see all respondents in one partition. Needs no ORDER BY in the window and ignores one. Errors: 22023 a value or weight that is not finite, a negative base_weight, an unknown kind; 22004 a base_weight, category or kind NULL; 2202E lists of different lengths.';
