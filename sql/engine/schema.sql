-- The schema is made here, not named in the control file: so it is a member
-- of the extension, and a schema of that name that somebody prepared
-- beforehand makes the installation fail. Its owner is the bootstrap superuser
-- where the extension was installed as trusted, by a role that is none; that
-- role then owns the extension alone.
\echo Use "CREATE EXTENSION parindex" to load this file. \quit

CREATE SCHEMA parindex;

COMMENT ON SCHEMA parindex IS
'Engine of parindex: exact weighted statistics and rankings. Holds types and functions only, no tables.';

GRANT USAGE ON SCHEMA parindex TO PUBLIC;
