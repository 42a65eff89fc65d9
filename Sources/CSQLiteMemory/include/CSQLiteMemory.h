#ifndef CSQLITEMEMORY_H
#define CSQLITEMEMORY_H

#include <stdbool.h>
#include <stddef.h>

#include "reserve.h"

// A reserve behind SQLite's allocator. While the system gives memory it is not touched. When the system refuses,
// SQLite is served from the reserve and does not notice, so that what it has begun comes to its end; whoever uses
// SQLite asks before each operation whether the reserve is whole, and begins none while it is not.
//
// It is put behind SQLite when the program is loaded, before anybody can open a database, since SQLite takes no other
// allocator later (sqlite.org/c3ref/config.html); until somebody prepares it, it is empty. One for the whole program;
// every function may be called from any thread.

/// Whether SQLite asks here for its memory.
bool csqlitememory_is_installed(void);

/// Makes sure that a reserve of so many bytes is there, none of them in use. One comparison where it is; else a new one
/// is asked of the system, and false says that the system does not give it. 0 does without a reserve.
bool csqlitememory_prepare(size_t bytes);

/// Whether the system has refused since the last `csqlitememory_prepare`.
bool csqlitememory_is_touched(void);

/// The most that was in use of a reserve at once since the last call, bytes; what it needs itself included.
size_t csqlitememory_most_used(void);

/// How many reserves there are: the one that serves, and earlier ones of which SQLite still holds something.
size_t csqlitememory_reserves(void);

/// How many allocations neither the system nor the reserve could serve.
size_t csqlitememory_refusals(void);

/// Lets the system refuse from now on, as far as SQLite is concerned, or not any more: for tests.
void csqlitememory_pretend_shortage(bool is_on);

/// The most that SQLite held at once since the last call, from whomever (sqlite3_memory_highwater), bytes.
size_t csqlitememory_most_held(void);

#endif
