/*
 * What of OpenSSL and of the C library is not linked in. Both are made for every use: parts that are never used here are asked for by parts
 * that are, and bring a megabyte along. The linker takes what is defined here in their place. None of it is ever called, unless it says so.
 */
#include <openssl/core.h>
#include <openssl/ec.h>
#include <openssl/evp.h>

/* The older tables, from before there were providers: of them only the digests are asked for, by verifying signatures of certificates. */
void openssl_add_all_ciphers_int(void)
{
}

void openssl_add_all_digests_int(void)
{
    EVP_add_digest(EVP_sha1());
    EVP_add_digest(EVP_sha224());
    EVP_add_digest(EVP_sha256());
    EVP_add_digest(EVP_sha384());
    EVP_add_digest(EVP_sha512());
}

/* Providers besides the default one. */
int ossl_base_provider_init(const OSSL_CORE_HANDLE *handle, const OSSL_DISPATCH *in, const OSSL_DISPATCH **out, void **context)
{
    (void)handle;
    (void)in;
    (void)out;
    (void)context;
    return 0;
}

/* Texts of errors: of the parts that a connection goes through. */
int ossl_err_load_ASN1_strings(void);
int ossl_err_load_BIO_strings(void);
int ossl_err_load_EC_strings(void);
int ossl_err_load_ERR_strings(void);
int ossl_err_load_EVP_strings(void);
int ossl_err_load_PROV_strings(void);
int ossl_err_load_RAND_strings(void);
int ossl_err_load_RSA_strings(void);
int ossl_err_load_X509_strings(void);

int ossl_err_load_crypto_strings(void)
{
    return ossl_err_load_ERR_strings() && ossl_err_load_BIO_strings() && ossl_err_load_ASN1_strings() && ossl_err_load_EC_strings()
        && ossl_err_load_EVP_strings() && ossl_err_load_PROV_strings() && ossl_err_load_RAND_strings() && ossl_err_load_RSA_strings()
        && ossl_err_load_X509_strings();
}

/* The texts are only needed once something has failed: a context that is told to leave them out loads none, and this does. */
int ossl_err_load_SSL_strings(void);

int load_error_texts(void)
{
    return ossl_err_load_crypto_strings() && ossl_err_load_SSL_strings();
}

/* What is asked for by parts of the library that are never used here, and would bring much along. */
#define NEVER(type, name) type name(void) { return 0; }

/* Engines. */
#define NO_ENGINE(name) void engine_load_##name##_int(void) { }
NO_ENGINE(afalg)
NO_ENGINE(dynamic)
NO_ENGINE(openssl)
NO_ENGINE(padlock)
NO_ENGINE(rdrand)

/* Configuration of the machine, and the machine's own authorities. */
void ssl_ctx_system_config(void *context)
{
    (void)context;
}

NEVER(int, X509_STORE_load_file_ex)
NEVER(int, X509_STORE_load_path)
NEVER(int, X509_STORE_load_store_ex)
NEVER(int, X509_STORE_set_default_paths_ex)

/* Fetching lists of revoked certificates. */
NEVER(void *, OSSL_HTTP_get)

/* The secure remote password protocol. A context of it is all zeros. */
#define NO_PASSWORDS(name) int name(void *ssl) { (void)ssl; return 1; }
NO_PASSWORDS(ssl_ctx_srp_ctx_init_intern)
NO_PASSWORDS(ssl_ctx_srp_ctx_free_intern)
NO_PASSWORDS(ssl_srp_ctx_init_intern)
NO_PASSWORDS(ssl_srp_ctx_free_intern)
NEVER(int, srp_generate_client_master_secret)
NEVER(int, srp_generate_server_master_secret)
NEVER(int, srp_verify_server_param)
NEVER(int, ssl_srp_calc_a_param_intern)
NEVER(int, ssl_srp_server_param_with_username_intern)

/* Curves that hardly any server has are calculated by the general method; that of P-256 is another one, in assembly. */
const EC_METHOD *EC_GFp_nistp224_method(void)
{
    return EC_GFp_mont_method();
}

const EC_METHOD *EC_GFp_nistp521_method(void)
{
    return EC_GFp_mont_method();
}

NEVER(void *, EC_nistp224_pre_comp_dup)
NEVER(void *, EC_nistp256_pre_comp_dup)
NEVER(void *, EC_nistp521_pre_comp_dup)
void EC_nistp224_pre_comp_free(void) { }
void EC_nistp256_pre_comp_free(void) { }
void EC_nistp521_pre_comp_free(void) { }

/* The C library's look-up of names, which loads plugins; ours is Wire/Names. */
NEVER(int, freeaddrinfo)
NEVER(void *, gethostbyname)

int getaddrinfo(const char *node, const char *service, const void *hints, void **result)
{
    const int failed = -4;
    (void)node;
    (void)service;
    (void)hints;
    (void)result;
    return failed;
}

int getnameinfo(void)
{
    return -4;
}
