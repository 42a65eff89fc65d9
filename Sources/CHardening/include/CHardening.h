#ifndef CHARDENING_H
#define CHARDENING_H

// What a program asks of the kernel at its start, as plain functions: prctl(2) is variadic and signal
// handlers may call next to nothing, so neither can be written in Swift. All of them are called once, from
// the first thread, before there is another.

/// Whether the file that was started lends its owner's rights (set-user-ID or set-group-ID).
int chardening_has_lent_rights(void);

/// No core file, whoever collects them, no ptrace(2) and no /proc/PID/mem for other programs of this user.
/// 0, or -1 with errno.
int chardening_deny_dumps(void);

/// Whether core files, and whoever collects them, are denied now. 1, or 0.
int chardening_dumps_are_denied(void);

/// What this program starts gains no rights that it lacks itself. 0, or -1 with errno.
int chardening_deny_new_rights(void);

/// Descriptors 0 to 2 are open; all others are ours alone, and no program that we start inherits them.
/// 0, or -1 with errno.
int chardening_keep_descriptors(void);

/// Takes a variable out of the environment and its value out of the memory in which it came.
void chardening_forget_variable(const char *name);

/// Keeps every page of the program out of swap, now and later, as soon as it is used. 0, or -1 where the
/// machine does not let this user lock that much: then nothing has changed.
int chardening_lock_memory(void);

/// Signals that end a program show nothing of it, and give the terminal's modes back first.
void chardening_guard_end(void);

#endif
