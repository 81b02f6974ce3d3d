-- An aggregate of survey answers, with its transition: for keys that are numbers
-- or texts, of samples of one stage or two.
--   type     the state, and the name of the aggregate
--   answer   the type of y
--   add      the C function of the transition, for numbers and one stage
--   space    what a state takes at first, in bytes
--   about    what it makes of which rows: the comment's first sentences

--@ each
--@ key: bigint | text
--@ text:  | _text
--@ each
--@ units: stratum @key@, psu @key@ | stratum @key@, psu @key@, ssu @key@
--@ names: stratum, psu | stratum, psu, ssu
--@ stages:  | _two_stages
--@ second:  | , and a second-stage unit by ssu within it
CREATE FUNCTION parindex.@type@_add(state parindex.@type@, y @answer@, weight float8, @units@) RETURNS parindex.@type@
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_@add@@text@@stages@';

COMMENT ON FUNCTION parindex.@type@_add(state parindex.@type@, y @answer@, weight float8, @units@) IS
'Transition of @type@(y, weight, @names@): adds a row.';

CREATE AGGREGATE parindex.@type@(y @answer@, weight float8, @units@) (
	SFUNC = parindex.@type@_add,
	STYPE = parindex.@type@,
	SSPACE = @space@,
	FINALFUNC = parindex.@type@_final,
	COMBINEFUNC = parindex.@type@_merge,
	PARALLEL = safe
);

COMMENT ON AGGREGATE parindex.@type@(y @answer@, weight float8, @units@) IS
'@about@ A primary sampling unit (PSU) is named by its stratum and psu together@second@. Errors: a NULL weight or key of an answer (22004), a weight below zero or not finite, an answer that is not finite (22023), more than 1 GB of sampling units (54000). A state without answers where there are none.';
--@ end
--@ end
