// The least that an extension can do: registers, asks for the first event, and asks again for ever. Linked statically, it is what any
// start-up time is compared with. It stands in for no extension: it subscribes to nothing and forwards nothing.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static char answer[4096];

static void ask(int fd, const char *request, int length) {
    if (write(fd, request, length) != length)
        exit(1);
    // Bodies are small and come with their head in one segment, from the harness at least.
    ssize_t got = read(fd, answer, sizeof answer - 1);
    if (got <= 0)
        exit(1);
    answer[got] = 0;
}

int main(int count, char **arguments) {
    (void)count;
    char *api = getenv("AWS_LAMBDA_RUNTIME_API");
    char *colon = api ? strchr(api, ':') : NULL;
    if (!colon)
        return 1;
    char host[64] = {0};
    snprintf(host, sizeof host, "%.*s", (int)(colon - api), api);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(colon + 1))};
    inet_pton(AF_INET, host, &address.sin_addr);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&address, sizeof address))
        return 1;

    const char *slash = strrchr(arguments[0], '/');
    const char *body = "{\"events\":[\"INVOKE\",\"SHUTDOWN\"]}";
    char request[1024];
    int length = snprintf(request, sizeof request,
        "POST /2020-01-01/extension/register HTTP/1.1\r\nHost: %s\r\nLambda-Extension-Name: %s\r\nContent-Length: %zu\r\n\r\n%s",
        api, slash ? slash + 1 : arguments[0], strlen(body), body);
    ask(fd, request, length);

    char *id = strstr(answer, "Lambda-Extension-Identifier: ");
    char *end = id ? strstr(id, "\r\n") : NULL;
    if (!end)
        return 1;
    length = snprintf(request, sizeof request, "GET /2020-01-01/extension/event/next HTTP/1.1\r\nHost: %s\r\n%.*s\r\n\r\n",
        api, (int)(end - id), id);
    do
        ask(fd, request, length);
    while (!strstr(answer, "SHUTDOWN"));
    return 0;
}
