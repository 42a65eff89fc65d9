#define _GNU_SOURCE
#include "CHardening.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

extern char **environ;

int chardening_has_lent_rights(void) {
    return getuid() != geteuid() || getgid() != getegid();
}

int chardening_deny_dumps(void) {
    const struct rlimit none = {0, 0};
    if (setrlimit(RLIMIT_CORE, &none) != 0) return -1;
    // The limit alone does not bind a collector that core_pattern names; this does.
    return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

int chardening_dumps_are_denied(void) {
    return prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0;
}

int chardening_deny_new_rights(void) {
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

int chardening_keep_descriptors(void) {
    for (int standard = 0; standard <= 2; standard++) {
        if (fcntl(standard, F_GETFD) != -1) continue;
        // The lowest free number is this one. Else the next file that is opened would take what is printed.
        if (open("/dev/null", O_RDWR) != standard) return -1;
    }
    // Not closed: a shell gives files as /dev/fd/63.
    return close_range(3, ~0U, CLOSE_RANGE_CLOEXEC);
}

void chardening_forget_variable(const char *name) {
    size_t length = strlen(name);
    for (char **entry = environ; *entry != NULL; entry++)
        if (strncmp(*entry, name, length) == 0 && (*entry)[length] == '=')
            explicit_bzero(*entry + length + 1, strlen(*entry + length + 1));
    unsetenv(name);
}

// With a limit, a later allocation could fail where it now succeeds: all or nothing.
static int may_lock_without_limit(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_MEMLOCK, &limit) == 0 && limit.rlim_max == RLIM_INFINITY) {
        limit.rlim_cur = RLIM_INFINITY;
        if (setrlimit(RLIMIT_MEMLOCK, &limit) == 0) return 1;
    }
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct sets[_LINUX_CAPABILITY_U32S_3];
    if (syscall(SYS_capget, &header, sets) != 0) return 0;
    return (sets[CAP_TO_INDEX(CAP_IPC_LOCK)].effective & CAP_TO_MASK(CAP_IPC_LOCK)) != 0;
}

int chardening_lock_memory(void) {
    if (!may_lock_without_limit()) return -1;
    return mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT);
}
