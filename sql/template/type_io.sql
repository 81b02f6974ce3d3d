-- A type of variable length with its text and binary forms.
--   type             its name
--   symbol           what the C functions that write are called after
--   many             what its values are called
--   alignment, storage
--   refused          what text is an error, and what there is to say of the form
--   refused_binary   what binary value is an error
--@ symbol: @type@
--@ alignment: double
--@ storage: extended
--@ refused: An impossible or malformed value is an error (22P02).
--@ refused_binary: An impossible or malformed value is an error (22P03).

CREATE TYPE parindex.@type@;

CREATE FUNCTION parindex.@type@_in(cstring) RETURNS parindex.@type@
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_@type@_in';

COMMENT ON FUNCTION parindex.@type@_in(cstring) IS
'Reads the text form. @refused@';

CREATE FUNCTION parindex.@type@_out(parindex.@type@) RETURNS cstring
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_@symbol@_out';

COMMENT ON FUNCTION parindex.@type@_out(parindex.@type@) IS
'Writes the canonical text form: exact, equal for equal @many@.';

CREATE FUNCTION parindex.@type@_recv(internal) RETURNS parindex.@type@
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_@type@_recv';

COMMENT ON FUNCTION parindex.@type@_recv(internal) IS
'Reads the binary form. @refused_binary@';

CREATE FUNCTION parindex.@type@_send(parindex.@type@) RETURNS bytea
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_@symbol@_send';

COMMENT ON FUNCTION parindex.@type@_send(parindex.@type@) IS
'Writes the canonical binary form in network byte order: equal bytes for equal @many@.';

CREATE TYPE parindex.@type@ (
	INPUT = parindex.@type@_in,
	OUTPUT = parindex.@type@_out,
	RECEIVE = parindex.@type@_recv,
	SEND = parindex.@type@_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = @alignment@,
	STORAGE = @storage@
);
