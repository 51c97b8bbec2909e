/*
 * Lets calls of the C library fail that touch files below a folder: one of them, or all that need room from one on.
 *
 * What is to fail stands in a file that is mapped, so that a process can change it while it runs: see failing.py.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

struct control { unsigned count, at, full, variant; char folder[1024]; };

static struct control *control;

__attribute__((constructor)) static void begin(void) {
    const char *path = getenv("FAILING_CONTROL");
    int file = path ? (int)syscall(SYS_openat, AT_FDCWD, path, O_RDWR) : -1;
    if (file < 0) return;
    void *mapped = (void *)syscall(SYS_mmap, 0, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (mapped != MAP_FAILED) control = mapped;
    syscall(SYS_close, file);
}

static int below(const char *path) {
    return control && control->folder[0] && !strncmp(path, control->folder, strlen(control->folder));
}

static int file_below(int file) {
    char link[64], path[1100];
    if (!control || file < 0) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return below(path);
}

/* Count a call; say with which error it is to fail, 0 for none. Of the two errors it is the one of the variant. */
static int failing(int counts, int first, int second, int needs_room) {
    if (!counts) return 0;
    unsigned number = __sync_add_and_fetch(&control->count, 1);
    if (!control->at) return 0;
    if (number == control->at) return control->variant ? second : first;
    return control->full && needs_room && number > control->at ? ENOSPC : 0;
}

#define REAL(type, name, ...) static type (*real)(__VA_ARGS__); if (!real) *(void **)&real = dlsym(RTLD_NEXT, name)
#define FAIL(...) do { int error = failing(__VA_ARGS__); if (error) { errno = error; return -1; } } while (0)

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        va_list list; va_start(list, flags); mode_t mode = va_arg(list, mode_t); va_end(list); \
        REAL(int, #name, const char *, int, ...); \
        FAIL(below(path), EMFILE, EACCES, flags & O_CREAT && access(path, F_OK)); \
        return real(path, flags, mode); }
OPEN(open)
OPEN(open64)

#define OPENAT(name) \
    int name(int folder, const char *path, int flags, ...) { \
        va_list list; va_start(list, flags); mode_t mode = va_arg(list, mode_t); va_end(list); \
        REAL(int, #name, int, const char *, int, ...); \
        FAIL(path[0] == '/' ? below(path) : file_below(folder), EMFILE, EACCES, 0); \
        return real(folder, path, flags, mode); }
OPENAT(openat)
OPENAT(openat64)

ssize_t write(int file, const void *data, size_t size) {
    REAL(ssize_t, "write", int, const void *, size_t);
    FAIL(file_below(file), ENOSPC, EIO, 1);
    return real(file, data, size);
}

ssize_t writev(int file, const struct iovec *parts, int count) {
    REAL(ssize_t, "writev", int, const struct iovec *, int);
    FAIL(file_below(file), ENOSPC, EIO, 1);
    return real(file, parts, count);
}

#define PWRITE(name, offset_type) \
    ssize_t name(int file, const void *data, size_t size, offset_type offset) { \
        REAL(ssize_t, #name, int, const void *, size_t, offset_type); \
        FAIL(file_below(file), ENOSPC, EIO, 1); \
        return real(file, data, size, offset); }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

#define TRUNCATE(name, offset_type) \
    int name(int file, offset_type size) { \
        REAL(int, #name, int, offset_type); \
        FAIL(file_below(file), ENOSPC, EIO, 0); \
        return real(file, size); }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

#define SYNC(name) \
    int name(int file) { \
        REAL(int, #name, int); \
        FAIL(file_below(file), EIO, ENOSPC, 0); \
        return real(file); }
SYNC(fsync)
SYNC(fdatasync)

int rename(const char *from, const char *to) {
    REAL(int, "rename", const char *, const char *);
    FAIL(below(to), ENOSPC, EACCES, 0);
    return real(from, to);
}

int unlink(const char *path) {
    REAL(int, "unlink", const char *);
    FAIL(below(path), EIO, EACCES, 0);
    return real(path);
}

int mkdir(const char *path, mode_t mode) {
    REAL(int, "mkdir", const char *, mode_t);
    FAIL(below(path), ENOSPC, EACCES, 1);
    return real(path, mode);
}

#define MAP(name, offset_type) \
    void *name(void *address, size_t size, int protection, int flags, int file, offset_type offset) { \
        REAL(void *, #name, void *, size_t, int, int, int, offset_type); \
        int error = flags & MAP_ANONYMOUS ? 0 : failing(file_below(file), EMFILE, EACCES, 0); \
        if (error) { errno = error; return MAP_FAILED; } \
        return real(address, size, protection, flags, file, offset); }
MAP(mmap, off_t)
MAP(mmap64, off64_t)
