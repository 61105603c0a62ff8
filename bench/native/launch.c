// Enters a control group and becomes another program there: launch FILE-OF-THE-GROUP PROGRAM. What it costs itself is spent outside the group.
// The moment before the program begins goes to descriptor 3, in nanoseconds of the monotonic clock.
#include <fcntl.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

int main(int count, char **arguments) {
    int group = count == 3 ? open(arguments[1], O_WRONLY | O_CLOEXEC) : -1;
    if (group < 0 || write(group, "0", 1) != 1)
        return 1;
    fcntl(3, F_SETFD, FD_CLOEXEC);
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    char text[32];
    int length = snprintf(text, sizeof text, "%lld", now.tv_sec * 1000000000LL + now.tv_nsec);
    if (write(3, text, length) != length)
        return 1;
    execve(arguments[2], arguments + 2, environ);
    return 1;
}
