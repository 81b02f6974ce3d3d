-- score_class(score, classes), class_breaks(counts, classes): classes from the data.

--@ each
--@ type: float8 | numeric
CREATE FUNCTION parindex.score_class(
	score @type@,
	classes int,
	digits int DEFAULT NULL
) RETURNS int
	LANGUAGE C IMMUTABLE PARALLEL SAFE WINDOW
	AS 'MODULE_PATHNAME', 'parindex_score_class_@type@';

COMMENT ON FUNCTION parindex.score_class(@type@, int, int) IS
'Window function: class of the score where its partition is cut at its natural breaks, 1 the lowest. The classes, 1 to 100, are those with the least sum of squared deviations from their means: Jenks natural breaks, or k-means in one dimension. It is the true optimum, by dynamic programming in exact integers, never found from random starts; of equally good ones, that whose last class begins lowest, then that whose class before does, and so on. Tied scores are never split; with fewer distinct scores than classes each is a class. digits: scores are taken as rounded to that many decimal places (-15 to 15), half away from zero; NULL: to the most, up to 15, at which their range is below 10^14 units, which changes no score of up to 14 significant digits and 15 decimals. NULL and NaN scores get NULL and count for none. classes and digits must be the same for all rows of a partition. Source: Fisher, On Grouping for Maximum Homogeneity, 1958; Jenks, The Data Model Concept in Statistical Mapping, 1967. Errors: 22023 classes out of range, digits out of range, an infinite score or an argument that varies; 22004 classes NULL; 22003 scores too large or spread too far, more than 2147483647 rows; 54000 more than 1,000,000 distinct scores.';
--@ end

CREATE FUNCTION parindex.class_breaks(counts parindex.score_counts, classes int)
	RETURNS TABLE (class int, lowest numeric, highest numeric, count bigint, goodness float8)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 5
	AS 'MODULE_PATHNAME', 'parindex_class_breaks';

COMMENT ON FUNCTION parindex.class_breaks(parindex.score_counts, int) IS
'Natural breaks of the scores counted: of each class, lowest first, its lowest and highest score and how many rows are in it: the classes of score_class(score, classes, digits) at the digits of the counts. goodness, the same in all rows, is the goodness of variance fit of the whole, 1 - squared deviations from the means of the classes / squared deviations from the mean of all: 0 for one class, 1 where each distinct score is one, NULL where there is only one. No rows for NULL. Errors: 22023 classes beyond 1 to 100 or an infinite score; 22003 scores spread too far; 54000 more than 1,000,000 distinct scores.';
