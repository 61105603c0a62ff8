// The least that any extension does with a load: takes each telemetry body, answers it, and posts as many bytes as FLOOR_BODY_BYTES says for it, beginning with what
// it received. It reads nothing of the records and writes none: what is left is the kernel's work and a copy.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

enum { PORT = 24381, ROOM = 8 << 20 };

static char api[128], head[8192], *body;

// Reads one HTTP message: its head into `head`, its body into `body`. The body's length; -1 at the end.
static long receive(int fd) {
    size_t have = 0;
    char *end = NULL;
    while (!end) {
        ssize_t got = read(fd, head + have, sizeof head - 1 - have);
        if (got <= 0)
            return -1;
        have += got;
        head[have] = 0;
        end = strstr(head, "\r\n\r\n");
    }
    char *field = strcasestr(head, "\r\nContent-Length:");
    size_t length = field ? strtoul(field + 17, NULL, 10) : 0;
    size_t filled = have - (end + 4 - head);
    if (length > ROOM || filled > length)
        exit(1);
    memcpy(body, end + 4, filled);
    while (filled < length) {
        ssize_t got = recv(fd, body + filled, length - filled, MSG_WAITALL);
        if (got <= 0)
            return -1;
        filled += got;
    }
    return length;
}

static void send_all(int fd, const char *start, size_t length) {
    while (length) {
        ssize_t sent = write(fd, start, length);
        if (sent <= 0)
            exit(1);
        start += sent;
        length -= sent;
    }
}

static int open_to(const char *host, int port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    if (inet_pton(AF_INET, host, &address.sin_addr) != 1 || connect(fd, (struct sockaddr *)&address, sizeof address))
        exit(1);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return fd;
}

// Splits host:port, behind the scheme where there is one.
static int open_url(const char *url) {
    char host[64];
    int port;
    const char *start = strstr(url, "//");
    if (sscanf(start ? start + 2 : url, "%63[^:]:%d", host, &port) != 2)
        exit(1);
    return open_to(host, port);
}

static char id[128];

static void call(int fd, const char *method, const char *path, const char *text) {
    char request[1024];
    int length = snprintf(request, sizeof request, "%s %s HTTP/1.1\r\nHost: %s\r\nLambda-Extension-Name: load_floor\r\n%s\r\nContent-Length: %zu\r\n\r\n%s",
        method, path, api, id[0] ? id : "Accept: */*", strlen(text), text);
    send_all(fd, request, length);
    if (receive(fd) < 0)
        exit(1);
}

static int listen_on(int port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(fd, (struct sockaddr *)&address, sizeof address) || listen(fd, 4))
        exit(1);
    return fd;
}

int main(void) {
    const char *size = getenv("FLOOR_BODY_BYTES");
    size_t body_bytes = size ? strtoul(size, NULL, 10) : 0;
    body = calloc(1, ROOM + 1);
    snprintf(api, sizeof api, "%s", getenv("AWS_LAMBDA_RUNTIME_API"));
    int lambda = open_url(api);
    call(lambda, "POST", "/2020-01-01/extension/register", "{\"events\":[\"INVOKE\",\"SHUTDOWN\"]}");
    char *field = strstr(head, "Lambda-Extension-Identifier: ");
    if (!field)
        return 1;
    snprintf(id, sizeof id, "%.*s", (int)strcspn(field, "\r"), field);
    int listening = listen_on(PORT);
    call(lambda, "PUT", "/2022-07-01/telemetry", "{\"schemaVersion\":\"2022-12-13\",\"types\":[\"platform\",\"function\"],\"buffering\":{\"maxItems\":1000,"
        "\"maxBytes\":262144,\"timeoutMs\":25},\"destination\":{\"protocol\":\"HTTP\",\"URI\":\"http://sandbox.localdomain:24381/\"}}");
    call(lambda, "GET", "/2020-01-01/extension/event/next", "");
    int telemetry = accept(listening, NULL, NULL);
    int endpoint = open_url(getenv("HTTP_ENDPOINT"));
    while (1) {
        long length = receive(telemetry);
        if (length < 0)
            return 0;
        static const char ok[] = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
        send_all(telemetry, ok, sizeof ok - 1);
        int is_end = length < 4096 && memmem(body, length, "runtimeDone", 11) != NULL;
        // What stands behind the body in the buffer, from an earlier one or nothing, makes up for the bytes that encoding would add.
        size_t sent = length < 4096 ? (size_t)length : body_bytes > ROOM ? ROOM : body_bytes;
        memset(body + length, ' ', sent > (size_t)length ? sent - length : 0);
        char start[256];
        int start_length = snprintf(start, sizeof start, "POST /logs HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n", sent);
        struct iovec parts[] = {{start, start_length}, {body, sent}};
        ssize_t written = writev(endpoint, parts, 2);
        if (written < start_length)
            return 1;
        send_all(endpoint, body + (written - start_length), sent - (written - start_length));
        if (receive(endpoint) < 0)
            return 1;
        if (is_end)
            call(lambda, "GET", "/2020-01-01/extension/event/next", "");
    }
}
