#!/bin/sh
# No function of one file alone bears the name of another file's that all may
# call: a reader, cscope and gdb would take the one for the other. A definition
# is a name that begins a line, below the line of its type.
set -eu
cd "$(dirname "$0")/../.."

find src -name '*.c' | sort | xargs awk '
	/^[a-z_0-9]+\(/ && before ~ /^[a-z].*[^;]$/ {
		name = $0
		sub(/\(.*/, "", name)
		if (before ~ /(^| )static( |$)/)
			static_in[name] = static_in[name] " " FILENAME
		else
			extern_in[name] = FILENAME
		definitions++
	}
	{ before = $0 }
	END {
		for (name in static_in)
			if (name in extern_in)
			{
				print name " of" static_in[name] " is also a function of " extern_in[name]
				failed = 1
			}
		if (definitions < 500)
		{
			print "only " definitions + 0 " definitions were found"
			failed = 1
		}
		exit failed
	}'
