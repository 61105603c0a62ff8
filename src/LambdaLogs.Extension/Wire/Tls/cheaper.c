/*
 * What OpenSSL does over and over in a handshake, in a cheaper way. Like what left_out.c has, it is linked in the place of the library's
 * own.
 */
#include <stddef.h>
#include <string.h>
#include <openssl/core.h>
#include <openssl/core_dispatch.h>
#include <openssl/ec.h>

/*
 * A public key of X25519 is the base point times the private key. The library has a function of its own for the base point, in C; the one
 * for any point is in assembly where the processor has the instructions, and faster even so. Both take the same time whatever the key is.
 */
int ossl_x25519(unsigned char result[32], const unsigned char key[32], const unsigned char point[32]);

void ossl_x25519_public_from_private(unsigned char result[32], const unsigned char key[32])
{
    static const unsigned char base[32] = { 9 };

    ossl_x25519(result, key, base);
}

/*
 * Each certificate with a key on a curve makes the library set the curve up from its numbers, most of which is division. The first one is
 * kept, and copied for the others.
 */
EC_GROUP *__real_EC_GROUP_new_by_curve_name_ex(OSSL_LIB_CTX *library, const char *properties, int curve);

EC_GROUP *__wrap_EC_GROUP_new_by_curve_name_ex(OSSL_LIB_CTX *library, const char *properties, int curve)
{
    static struct kept {
        OSSL_LIB_CTX *library;
        EC_GROUP *group;
    } kept;
    static int state;
    int empty = 0;
    EC_GROUP *group;

    if (properties != NULL && *properties != '\0')
        return __real_EC_GROUP_new_by_curve_name_ex(library, properties, curve);

    if (__atomic_load_n(&state, __ATOMIC_ACQUIRE) == 2 && kept.library == library && EC_GROUP_get_curve_name(kept.group) == curve)
        return EC_GROUP_dup(kept.group);

    group = __real_EC_GROUP_new_by_curve_name_ex(library, properties, curve);
    if (group != NULL && __atomic_compare_exchange_n(&state, &empty, 1, 0, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED)) {
        kept = (struct kept){ library, EC_GROUP_dup(group) };
        __atomic_store_n(&state, kept.group == NULL ? 0 : 2, __ATOMIC_RELEASE);
    }

    return group;
}

/*
 * The library looks an algorithm up by its name several hundred times in the first handshake and 60 times in each further one: through
 * locks, a table of names, one of methods, and one of what was found before. What was found once is remembered here; entries are only
 * added, and hold a reference.
 */
#define NAME_BYTES 24
#define FOUND_MAX 128

typedef void *create_method(int name, const OSSL_ALGORITHM *algorithm, OSSL_PROVIDER *provider);

static struct found {
    /* 0: free; 1: being written; 2: readable. */
    int state;
    int operation;
    void *library, *method;
    char name[NAME_BYTES];
} all_found[FOUND_MAX];

void *__real_evp_generic_fetch(void *library, int operation, const char *name, const char *properties, create_method *create,
                               int (*add_reference)(void *), void (*release)(void *));

/* Of provider.c. */
int is_offered(int operation, const char *name);

static unsigned hash_of(int operation, const char *name, size_t length)
{
    unsigned hash = (unsigned)operation;
    size_t at;

    for (at = 0; at < length; at++)
        hash = hash * 31 + (unsigned char)name[at];
    return hash;
}

static void remember(struct found *place, void *library, int operation, const char *name, void *method, int (*add_reference)(void *))
{
    int free_state = 0;

    /* Of two threads that found the same at once, one remembers it. */
    if (!__atomic_compare_exchange_n(&place->state, &free_state, 1, 0, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
        return;

    if (!add_reference(method)) {
        __atomic_store_n(&place->state, 0, __ATOMIC_RELEASE);
        return;
    }

    place->operation = operation;
    place->library = library;
    place->method = method;
    strcpy(place->name, name);
    __atomic_store_n(&place->state, 2, __ATOMIC_RELEASE);
}

void *__wrap_evp_generic_fetch(void *library, int operation, const char *name, const char *properties, create_method *create,
                               int (*add_reference)(void *), void (*release)(void *))
{
    struct found *place = NULL;
    size_t length = strlen(name), step;
    unsigned hash;
    void *method;

    if (length >= NAME_BYTES || (properties != NULL && *properties != '\0'))
        return __real_evp_generic_fetch(library, operation, name, properties, create, add_reference, release);

    hash = hash_of(operation, name, length);
    for (step = 0; step < FOUND_MAX; step++) {
        place = &all_found[(hash + step) % FOUND_MAX];
        if (__atomic_load_n(&place->state, __ATOMIC_ACQUIRE) != 2)
            break;
        if (place->operation == operation && place->library == library && strcmp(place->name, name) == 0)
            return add_reference(place->method) ? place->method : NULL;
    }

    /* A name that no provider has makes the library look through all of them each time: a context asks for a dozen of those. */
    if (!is_offered(operation, name))
        return NULL;

    method = __real_evp_generic_fetch(library, operation, name, properties, create, add_reference, release);
    if (method != NULL && step < FOUND_MAX)
        remember(place, library, operation, name, method, add_reference);
    return method;
}
