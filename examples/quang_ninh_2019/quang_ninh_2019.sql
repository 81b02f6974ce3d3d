\set QUIET on
\set ON_ERROR_STOP on
SET client_encoding = 'UTF8';
SET client_min_messages = warning;
\pset pager off

DROP SCHEMA IF EXISTS quang_ninh CASCADE;
CALL parindex.create_schema('quang_ninh');
SET search_path = quang_ninh, parindex;
\ir load.sql
