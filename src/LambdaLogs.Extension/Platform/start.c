/*
 * What the .NET runtime and the C library do at every start, and what this process has no use for. Like what Wire/Tls/left_out.c has, it is
 * linked in the place of theirs. Each is a few system calls, of which those to /proc and to the memory map are dear.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <malloc.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

/*
 * The runtime reads all mounts twice, and five files more, for the limits of the control group. What the extension may use is bounded by
 * itself, far below, and it has no pool of threads whose size the processors would decide.
 */
int statfs64(const char *path, struct statfs64 *result)
{
    if (strcmp(path, "/sys/fs/cgroup") == 0) {
        errno = ENOENT;
        return -1;
    }

    return (int)syscall(SYS_statfs, path, result);
}

int statfs(const char *path, struct statfs *result) __attribute__((alias("statfs64")));

FILE *__real_fopen64(const char *path, const char *mode);

FILE *__wrap_fopen64(const char *path, const char *mode)
{
    return strcmp(path, "/proc/self/mountinfo") == 0 ? NULL : __real_fopen64(path, mode);
}

/* The runtime leaves its heap out of core dumps, piece by piece: each is a part of the memory map of its own. */
int madvise(void *start, size_t length, int advice)
{
    return advice == MADV_DONTDUMP || advice == MADV_DODUMP ? 0 : (int)syscall(SYS_madvise, start, length, advice);
}

/* One heap of the C library for all threads. Otherwise each reserves 64 MB for one of its own, and touches other pages than the rest. */
__attribute__((constructor)) static void use_one_heap(void)
{
    mallopt(M_ARENA_MAX, 1);
}
