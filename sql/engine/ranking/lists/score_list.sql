-- score_list: units with their scores, best first; made by top_scores and
-- league_table.

--@ type_io
--@ type: score_list
--@ many: lists
--@ refused: Units may stand in any order. Text that is no list, such as more than k units that do not tie, is an error (22P02).
--@ refused_binary: It is version, kinds, k and number of units, then unit and score of each. A message that is no list is an error (22P03).

COMMENT ON TYPE parindex.score_list IS
'Units with their scores, best first: the best k of them with all that tie with the k-th, or all. Units are text or bigint, scores float8 or numeric, kept exactly. Text form: v1 top 2 text float8 {"Quảng Ninh": 73.02, "Đồng Tháp": 70.53}, or v1 all bigint numeric {…}; in a quoted unit " and \ are written \" and \\. Made by top_scores and league_table; read by score_list_rows and score_list_decimal_rows; merged by rollup. A partial list on its way between servers may be marked overfull: more units tied than it may hold.';

--@ ordered_type
--@ type: score_list
--@ one: list
--@ many: lists
--@ equal: they have the same types, k, units and scores; scores 1.0 and 1.00 of numeric lists differ
--@ order: by types, then k, then unit by unit

-- What a list holds.

CREATE FUNCTION parindex.score_list_rows(list parindex.score_list)
	RETURNS TABLE (rank int, unit text, score float8)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 10
	AS 'MODULE_PATHNAME', 'parindex_score_list_rows';

COMMENT ON FUNCTION parindex.score_list_rows(parindex.score_list) IS
'The units of a list, best first, with competition ranks (1 2 2 4); tied units follow each other bytewise, or by number. Bigint units come as text; numeric scores as the nearest float8. No rows for NULL. Errors: 22003 for a numeric score beyond float8, 54000 for a partial list that is overfull.';

CREATE FUNCTION parindex.score_list_decimal_rows(list parindex.score_list)
	RETURNS TABLE (rank int, unit text, score numeric)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 10
	AS 'MODULE_PATHNAME', 'parindex_score_list_decimal_rows';

COMMENT ON FUNCTION parindex.score_list_decimal_rows(parindex.score_list) IS
'As score_list_rows, with scores as numeric: numeric scores exactly as given, with their scale; float8 scores as the shortest decimal that reads back as the same float8. No rows for NULL. Errors: 54000 for a partial list that is overfull.';

-- Merging: also the second half of the aggregates that make lists.

CREATE FUNCTION parindex.score_list_merge(parindex.score_list, parindex.score_list)
	RETURNS parindex.score_list
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_score_list_merge';

COMMENT ON FUNCTION parindex.score_list_merge(parindex.score_list, parindex.score_list) IS
'Combine function of top_scores and league_table, transition function of rollup; for aggregates only. NULL is skipped. Errors: 22023 where k differs, 42804 where the types of units or scores differ.';

CREATE FUNCTION parindex.score_list_final(parindex.score_list)
	RETURNS parindex.score_list
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_score_list_final';

COMMENT ON FUNCTION parindex.score_list_final(parindex.score_list) IS
'Final function of top_scores, league_table and rollup; for aggregates only. NULL where no unit is listed. Errors: 54000 where too many units tie.';

CREATE AGGREGATE parindex.rollup(list parindex.score_list) (
	SFUNC = parindex.score_list_merge,
	STYPE = parindex.score_list,
	SSPACE = 1024,
	FINALFUNC = parindex.score_list_final,
	COMBINEFUNC = parindex.score_list_merge,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE parindex.rollup(parindex.score_list) IS
'Merges lists, for instance of parts of a table: exactly the list that top_scores or league_table gives for all their rows together. NULL lists are skipped; NULL without any. Errors: 22023 for lists of different k, 42804 of different types, 54000 where more than 10,000 units tie with the k-th or the list grows beyond 1 GB.';
