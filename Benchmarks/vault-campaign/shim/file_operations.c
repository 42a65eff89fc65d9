/* Sees every call that a program makes on files below one folder, and every allocation that SQLite makes.
 *
 * Loaded by LD_PRELOAD into vault-campaign, which finds the functions at the end by dlsym:
 *   - it can write each change down (what was written where, what was renamed, what was synchronised), so that
 *     every state in which a power cut can leave the disk can be made afterwards;
 *   - it can make the n-th call fail, once or from then on.
 *
 *   gcc -O2 -shared -fPIC -Wall -Wextra -Werror -o file_operations.so file_operations.c -ldl -pthread
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/uio.h>
#include <unistd.h>

/* Kinds of calls; ShimCall in Swift has the same numbers. */
enum call {
    CALL_OPEN, CALL_CREATE, CALL_READ, CALL_WRITE, CALL_TRUNCATE, CALL_RENAME, CALL_REMOVE, CALL_MAKE_FOLDER, CALL_SYNC,
    CALL_SYNC_FOLDER, CALL_LOOK, CALL_LIST, CALL_LOCK, CALL_MAP, CALL_ALLOCATE, CALL_CLOSE, CALL_SPACE,
};

/* Kinds of changes in the trace; TracedChange in Swift has the same numbers. */
enum change {
    CHANGE_OPEN = 1, CHANGE_WRITE, CHANGE_TRUNCATE, CHANGE_RENAME, CHANGE_REMOVE, CHANGE_MAKE_FOLDER, CHANGE_SYNC,
    CHANGE_SYNC_FOLDER, CHANGE_MARK,
};

#define SHORT_WRITE (-1)
#define FILES 65536
#define CALLS (1 << 20)

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static char folder[PATH_MAX];
static size_t folder_length;

static struct tracked {
    uint32_t handle;
    bool is_folder;
    /* Shared memory is made anew at each start: no part of a disk. */
    bool is_memory;
    char name[256];
} files[FILES];
static uint32_t last_handle;

static uint8_t calls[CALLS];
static long call_count;
static long failing_from = -1, failing_to = -1;
static int failing_with;
static long failures;
static bool swallows_folder_syncs;

static long allocation_count, allocation_from = -1, allocation_to = -1;

static uint8_t *trace;
static size_t trace_length, trace_room;
static bool is_tracing;

#define REAL(name) ((typeof(&name))real(&real_##name, #name))
#define DECLARE(name) static void *real_##name

DECLARE(fstat64);

static void *real(void **found, const char *name) {
    if (!*found) *found = dlsym(RTLD_NEXT, name);
    return *found;
}

/* The path below the folder, or NULL when it is not below it. */
static const char *below(const char *path) {
    if (!folder_length || !path || strncmp(path, folder, folder_length)) return NULL;
    if (path[folder_length] == 0) return "";
    return path[folder_length] == '/' ? path + folder_length + 1 : NULL;
}

static const char *below_at(int directory, const char *path, char *room) {
    if (!path || path[0] == '/' || directory == AT_FDCWD) return below(path);
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", directory);
    ssize_t length = readlink(link, room, PATH_MAX - 1);
    if (length < 0) return NULL;
    snprintf(room + length, PATH_MAX - length, "/%s", path);
    return below(room);
}

static struct tracked *tracked(int descriptor) {
    if (descriptor < 0 || descriptor >= FILES || !files[descriptor].handle) return NULL;
    return &files[descriptor];
}

/* Which errors a kind of call can have. */
static bool can_fail(enum call call, int error) {
    switch (error) {
    case SHORT_WRITE: return call == CALL_WRITE;
    case ENOSPC:
    case EDQUOT:
        return call == CALL_CREATE || call == CALL_WRITE || call == CALL_TRUNCATE || call == CALL_RENAME ||
               call == CALL_MAKE_FOLDER || call == CALL_SYNC || call == CALL_SYNC_FOLDER || call == CALL_ALLOCATE ||
               call == CALL_CLOSE;
    case EROFS:
        return call == CALL_CREATE || call == CALL_WRITE || call == CALL_TRUNCATE || call == CALL_RENAME ||
               call == CALL_REMOVE || call == CALL_MAKE_FOLDER || call == CALL_SYNC || call == CALL_ALLOCATE;
    case ENOMEM: return call != CALL_CLOSE;
    default: return true;
    }
}

/* Counts a call; the error that it is to fail with, 0 for none. */
static int fate(enum call call) {
    pthread_mutex_lock(&turn);
    long index = call_count++;
    if (index < CALLS) calls[index] = call;
    int error = 0;
    bool is_due = failing_from >= 0 && index >= failing_from && index <= failing_to;
    /* Locks are the kernel's: a broken disk does not make them fail for good. SQLite would wait ten seconds for each. */
    if (call == CALL_LOCK && index != failing_from) is_due = false;
    if (is_due && can_fail(call, failing_with)) {
        error = failing_with;
        failures++;
        /* A disk that takes half of a write takes nothing of the next. */
        if (error == SHORT_WRITE && failing_to == LONG_MAX) failing_with = ENOSPC;
    }
    pthread_mutex_unlock(&turn);
    return error;
}

#define FAIL_IF(call, result)                                                                                          \
    do {                                                                                                               \
        int error_ = fate(call);                                                                                       \
        if (error_) {                                                                                                  \
            errno = error_;                                                                                            \
            return result;                                                                                             \
        }                                                                                                              \
    } while (0)

static void append(const void *bytes, size_t count) {
    while (trace_length + count > trace_room) {
        trace_room = trace_room ? 2 * trace_room : 1 << 20;
        trace = realloc(trace, trace_room);
    }
    if (count) memcpy(trace + trace_length, bytes, count);
    trace_length += count;
}

static void note(enum change change, uint32_t handle, uint64_t offset, const char *name, const char *second,
                 const void *data, size_t count) {
    if (!is_tracing) return;
    pthread_mutex_lock(&turn);
    uint32_t head[] = {change, handle, (uint32_t)offset, name ? strlen(name) : 0, second ? strlen(second) : 0, count};
    append(head, sizeof head);
    append(name, head[3]);
    append(second, head[4]);
    append(data, count);
    pthread_mutex_unlock(&turn);
}

static void remember(int descriptor, const char *name, int flags) {
    if (descriptor < 0 || descriptor >= FILES) return;
    struct tracked *file = &files[descriptor];
    size_t length = strlen(name);
    pthread_mutex_lock(&turn);
    file->handle = ++last_handle;
    pthread_mutex_unlock(&turn);
    struct stat64 status;
    file->is_folder = REAL(fstat64)(descriptor, &status) == 0 && S_ISDIR(status.st_mode);
    file->is_memory = length > 4 && !strcmp(name + length - 4, "-shm");
    while (length && name[length - 1] == '/') length--;
    snprintf(file->name, sizeof file->name, "%.*s", (int)length, name);
    if (!file->is_folder && !file->is_memory) {
        uint64_t truncated = (flags & O_TRUNC) ? 1 : 0;
        note(CHANGE_OPEN, file->handle, truncated | ((flags & O_CREAT) ? 2 : 0), name, NULL, NULL, 0);
    }
}

/* --- opening and closing */

DECLARE(openat);
DECLARE(close);
DECLARE(opendir);

static int open_any(int directory, const char *path, int flags, mode_t mode) {
    char room[PATH_MAX];
    const char *name = below_at(directory, path, room);
    if (name) FAIL_IF((flags & (O_CREAT | O_TRUNC)) ? CALL_CREATE : CALL_OPEN, -1);
    int descriptor = REAL(openat)(directory, path, flags, mode);
    if (name && descriptor >= 0) remember(descriptor, name, flags);
    return descriptor;
}

#define MODE(flags, last)                                                                                              \
    mode_t mode = 0;                                                                                                   \
    if ((flags) & (O_CREAT | O_TMPFILE)) {                                                                             \
        va_list rest;                                                                                                  \
        va_start(rest, last);                                                                                          \
        mode = va_arg(rest, mode_t);                                                                                   \
        va_end(rest);                                                                                                  \
    }

int open(const char *path, int flags, ...) { MODE(flags, flags) return open_any(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags, flags) return open_any(AT_FDCWD, path, flags, mode); }
int openat(int at, const char *path, int flags, ...) { MODE(flags, flags) return open_any(at, path, flags, mode); }
int openat64(int at, const char *path, int flags, ...) { MODE(flags, flags) return open_any(at, path, flags, mode); }
int creat(const char *path, mode_t mode) { return open_any(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }
int creat64(const char *path, mode_t mode) { return open_any(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }
int __open_2(const char *path, int flags) { return open_any(AT_FDCWD, path, flags, 0); }
int __open64_2(const char *path, int flags) { return open_any(AT_FDCWD, path, flags, 0); }

int close(int descriptor) {
    struct tracked *file = tracked(descriptor);
    int error = file ? fate(CALL_CLOSE) : 0;
    if (file) file->handle = 0;
    int result = REAL(close)(descriptor);
    if (!error || result) return result;
    errno = error;
    return -1;
}

DIR *opendir(const char *path) {
    if (below(path)) FAIL_IF(CALL_LIST, NULL);
    return REAL(opendir)(path);
}

/* --- contents */

DECLARE(read);
DECLARE(pread64);
DECLARE(pwrite64);
DECLARE(write);
DECLARE(ftruncate64);
DECLARE(fallocate64);
DECLARE(mmap64);

ssize_t read(int descriptor, void *bytes, size_t count) {
    if (tracked(descriptor)) FAIL_IF(CALL_READ, -1);
    return REAL(read)(descriptor, bytes, count);
}

ssize_t pread64(int descriptor, void *bytes, size_t count, off64_t offset) {
    if (tracked(descriptor)) FAIL_IF(CALL_READ, -1);
    return REAL(pread64)(descriptor, bytes, count, offset);
}
ssize_t pread(int descriptor, void *bytes, size_t count, off_t offset) {
    return pread64(descriptor, bytes, count, offset);
}

static ssize_t write_at(int descriptor, const void *bytes, size_t count, off64_t offset, bool is_sequential) {
    struct tracked *file = tracked(descriptor);
    if (!file) {
        return is_sequential ? REAL(write)(descriptor, bytes, count)
                             : REAL(pwrite64)(descriptor, bytes, count, offset);
    }
    int error = fate(CALL_WRITE);
    if (error == SHORT_WRITE) {
        if (count > 1) count /= 2;
    } else if (error) {
        errno = error;
        return -1;
    }
    if (is_sequential) offset = lseek64(descriptor, 0, SEEK_CUR);
    ssize_t done = is_sequential ? REAL(write)(descriptor, bytes, count)
                                 : REAL(pwrite64)(descriptor, bytes, count, offset);
    if (done > 0 && !file->is_memory) note(CHANGE_WRITE, file->handle, offset, NULL, NULL, bytes, done);
    return done;
}

ssize_t write(int descriptor, const void *bytes, size_t count) { return write_at(descriptor, bytes, count, 0, true); }
ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off64_t offset) {
    return write_at(descriptor, bytes, count, offset, false);
}
ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset) {
    return write_at(descriptor, bytes, count, offset, false);
}

ssize_t pwritev(int descriptor, const struct iovec *parts, int count, off_t offset) {
    ssize_t total = 0;
    for (int part = 0; part < count; part++) {
        ssize_t done = pwrite64(descriptor, parts[part].iov_base, parts[part].iov_len, offset + total);
        if (done < 0) return total ? total : -1;
        total += done;
        if ((size_t)done < parts[part].iov_len) break;
    }
    return total;
}
ssize_t pwritev64(int descriptor, const struct iovec *parts, int count, off64_t offset) {
    return pwritev(descriptor, parts, count, offset);
}
ssize_t writev(int descriptor, const struct iovec *parts, int count) {
    ssize_t total = 0;
    for (int part = 0; part < count; part++) {
        ssize_t done = write(descriptor, parts[part].iov_base, parts[part].iov_len);
        if (done < 0) return total ? total : -1;
        total += done;
        if ((size_t)done < parts[part].iov_len) break;
    }
    return total;
}

int ftruncate64(int descriptor, off64_t size) {
    struct tracked *file = tracked(descriptor);
    if (file) FAIL_IF(CALL_TRUNCATE, -1);
    int result = REAL(ftruncate64)(descriptor, size);
    if (file && !result && !file->is_memory) note(CHANGE_TRUNCATE, file->handle, size, NULL, NULL, NULL, 0);
    return result;
}
int ftruncate(int descriptor, off_t size) { return ftruncate64(descriptor, size); }

int fallocate64(int descriptor, int mode, off64_t offset, off64_t count) {
    struct tracked *file = tracked(descriptor);
    if (file) FAIL_IF(CALL_ALLOCATE, -1);
    int result = REAL(fallocate64)(descriptor, mode, offset, count);
    struct stat64 status;
    if (file && !result && !file->is_memory && !REAL(fstat64)(descriptor, &status)) {
        note(CHANGE_TRUNCATE, file->handle, status.st_size, NULL, NULL, NULL, 0);
    }
    return result;
}
int fallocate(int descriptor, int mode, off_t offset, off_t count) {
    return fallocate64(descriptor, mode, offset, count);
}
int posix_fallocate64(int descriptor, off64_t offset, off64_t count) {
    return fallocate64(descriptor, 0, offset, count) ? errno : 0;
}
int posix_fallocate(int descriptor, off_t offset, off_t count) {
    return fallocate64(descriptor, 0, offset, count) ? errno : 0;
}

void *mmap64(void *address, size_t count, int protection, int flags, int descriptor, off64_t offset) {
    if (tracked(descriptor)) FAIL_IF(CALL_MAP, MAP_FAILED);
    return REAL(mmap64)(address, count, protection, flags, descriptor, offset);
}
void *mmap(void *address, size_t count, int protection, int flags, int descriptor, off_t offset) {
    return mmap64(address, count, protection, flags, descriptor, offset);
}

/* --- what makes it last */

DECLARE(fsync);
DECLARE(fdatasync);
DECLARE(sync_file_range);

static int synchronise(int descriptor, bool data_only) {
    struct tracked *file = tracked(descriptor);
    if (file) FAIL_IF(file->is_folder ? CALL_SYNC_FOLDER : CALL_SYNC, -1);
    if (file && file->is_folder && swallows_folder_syncs) return 0;
    int result = data_only ? REAL(fdatasync)(descriptor) : REAL(fsync)(descriptor);
    if (file && !result && !file->is_memory) {
        if (file->is_folder) note(CHANGE_SYNC_FOLDER, 0, 0, file->name, NULL, NULL, 0);
        else note(CHANGE_SYNC, file->handle, 0, NULL, NULL, NULL, 0);
    }
    return result;
}
int fsync(int descriptor) { return synchronise(descriptor, false); }
int fdatasync(int descriptor) { return synchronise(descriptor, true); }

/* It promises nothing about a power cut, so the trace does not count it. */
int sync_file_range(int descriptor, off64_t offset, off64_t count, unsigned flags) {
    if (tracked(descriptor)) FAIL_IF(CALL_SYNC, -1);
    return REAL(sync_file_range)(descriptor, offset, count, flags);
}

/* --- names */

DECLARE(renameat);
DECLARE(unlinkat);
DECLARE(mkdirat);

int renameat(int from_at, const char *from, int to_at, const char *to) {
    char room[PATH_MAX], second_room[PATH_MAX];
    const char *name = below_at(from_at, from, room), *second = below_at(to_at, to, second_room);
    if (name || second) FAIL_IF(CALL_RENAME, -1);
    int result = REAL(renameat)(from_at, from, to_at, to);
    if (name && second && !result) note(CHANGE_RENAME, 0, 0, name, second, NULL, 0);
    return result;
}
int rename(const char *from, const char *to) { return renameat(AT_FDCWD, from, AT_FDCWD, to); }

int unlinkat(int at, const char *path, int flags) {
    char room[PATH_MAX];
    const char *name = below_at(at, path, room);
    if (name) FAIL_IF(CALL_REMOVE, -1);
    int result = REAL(unlinkat)(at, path, flags);
    if (name && !result) note(CHANGE_REMOVE, 0, 0, name, NULL, NULL, 0);
    return result;
}
int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
int rmdir(const char *path) { return unlinkat(AT_FDCWD, path, AT_REMOVEDIR); }

int mkdirat(int at, const char *path, mode_t mode) {
    char room[PATH_MAX];
    const char *name = below_at(at, path, room);
    if (name) FAIL_IF(CALL_MAKE_FOLDER, -1);
    int result = REAL(mkdirat)(at, path, mode);
    if (name && !result) note(CHANGE_MAKE_FOLDER, 0, 0, name, NULL, NULL, 0);
    return result;
}
int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }

/* --- looking and locking */

DECLARE(fstatat64);
DECLARE(access);
DECLARE(statvfs64);
DECLARE(flock);
DECLARE(fcntl64);

static int look(int at, const char *path, struct stat64 *status, int flags) {
    char room[PATH_MAX];
    if (below_at(at, path, room)) FAIL_IF(CALL_LOOK, -1);
    return REAL(fstatat64)(at, path, status, flags);
}
int stat64(const char *path, struct stat64 *status) { return look(AT_FDCWD, path, status, 0); }
int lstat64(const char *path, struct stat64 *status) { return look(AT_FDCWD, path, status, AT_SYMLINK_NOFOLLOW); }
int stat(const char *path, struct stat *status) { return look(AT_FDCWD, path, (struct stat64 *)status, 0); }
int lstat(const char *path, struct stat *status) {
    return look(AT_FDCWD, path, (struct stat64 *)status, AT_SYMLINK_NOFOLLOW);
}
int fstat64(int descriptor, struct stat64 *status) {
    if (tracked(descriptor)) FAIL_IF(CALL_LOOK, -1);
    return REAL(fstat64)(descriptor, status);
}
int fstat(int descriptor, struct stat *status) { return fstat64(descriptor, (struct stat64 *)status); }

int access(const char *path, int mode) {
    if (below(path)) FAIL_IF(CALL_LOOK, -1);
    return REAL(access)(path, mode);
}

int statvfs64(const char *path, struct statvfs64 *status) {
    if (below(path)) FAIL_IF(CALL_SPACE, -1);
    return REAL(statvfs64)(path, status);
}
int statvfs(const char *path, struct statvfs *status) { return statvfs64(path, (struct statvfs64 *)status); }

int flock(int descriptor, int operation) {
    if (tracked(descriptor)) FAIL_IF(CALL_LOCK, -1);
    return REAL(flock)(descriptor, operation);
}

int fcntl64(int descriptor, int command, ...) {
    va_list rest;
    va_start(rest, command);
    void *argument = va_arg(rest, void *);
    va_end(rest);
    bool is_lock = command == F_SETLK || command == F_SETLKW || command == F_OFD_SETLK || command == F_OFD_SETLKW;
    /* Giving a lock back does not fail. */
    if (is_lock && tracked(descriptor) && ((struct flock *)argument)->l_type != F_UNLCK) FAIL_IF(CALL_LOCK, -1);
    return REAL(fcntl64)(descriptor, command, argument);
}
int fcntl(int descriptor, int command, ...) {
    va_list rest;
    va_start(rest, command);
    void *argument = va_arg(rest, void *);
    va_end(rest);
    return fcntl64(descriptor, command, argument);
}

/* --- SQLite's memory */

static sqlite3_mem_methods plain;

static bool runs_out(void) {
    pthread_mutex_lock(&turn);
    long index = allocation_count++;
    bool fails = allocation_from >= 0 && index >= allocation_from && index <= allocation_to;
    if (fails) failures++;
    pthread_mutex_unlock(&turn);
    return fails;
}

static void *allocate(int count) { return runs_out() ? NULL : plain.xMalloc(count); }
static void *allocate_again(void *bytes, int count) { return runs_out() ? NULL : plain.xRealloc(bytes, count); }

__attribute__((constructor)) static void begin(void) {
    int (*configure)(int, ...) = dlsym(RTLD_DEFAULT, "sqlite3_config");
    if (!configure || configure(SQLITE_CONFIG_GETMALLOC, &plain)) return;
    sqlite3_mem_methods methods = plain;
    methods.xMalloc = allocate;
    methods.xRealloc = allocate_again;
    configure(SQLITE_CONFIG_MALLOC, &methods);
}

/* --- what vault-campaign calls */

/* From now on the calls below this absolute path are seen; those on files that are open already are not. */
void file_operations_watch(const char *path) {
    pthread_mutex_lock(&turn);
    snprintf(folder, sizeof folder, "%s", path);
    folder_length = strlen(folder);
    call_count = failures = allocation_count = 0;
    failing_from = failing_to = allocation_from = allocation_to = -1;
    pthread_mutex_unlock(&turn);
}

void file_operations_trace(int is_on) {
    is_tracing = is_on;
    if (is_on) trace_length = 0;
}
const uint8_t *file_operations_traced(size_t *count) {
    *count = trace_length;
    return trace;
}
/* Something that is not a call, at its place among the calls. */
void file_operations_mark(const char *text) { note(CHANGE_MARK, 0, 0, text, NULL, NULL, 0); }

void file_operations_swallow_folder_syncs(int is_on) { swallows_folder_syncs = is_on; }

long file_operations_count(void) { return call_count; }
int file_operations_call(long index) { return index >= 0 && index < CALLS ? calls[index] : -1; }
/* Lets the calls from this one fail: it alone, or all until file_operations_mend. */
void file_operations_fail(long index, int error, int is_sticky) {
    pthread_mutex_lock(&turn);
    failing_with = error;
    failing_from = index;
    failing_to = is_sticky ? LONG_MAX : index;
    pthread_mutex_unlock(&turn);
}
long file_operations_allocations(void) { return allocation_count; }
void file_operations_fail_allocation(long index, int is_sticky) {
    pthread_mutex_lock(&turn);
    allocation_from = index;
    allocation_to = is_sticky ? LONG_MAX : index;
    pthread_mutex_unlock(&turn);
}
void file_operations_mend(void) {
    pthread_mutex_lock(&turn);
    failing_from = failing_to = allocation_from = allocation_to = -1;
    pthread_mutex_unlock(&turn);
}
long file_operations_failures(void) { return failures; }
