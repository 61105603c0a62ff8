using LambdaLogs.Extension.Processing;
using LambdaLogs.Extension.Processing.Redaction;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Processing.Redaction;

/// <summary>Behind the name of a secret every value is one, however it is written. <c>«…»</c> marks what is redacted.</summary>
public sealed class NamedSecretTests
{
    [Theory]
    [InlineData("Authorization: Bearer «abc.def-ghi»")]
    [InlineData("Authorization: Basic «dTpw»")]
    [InlineData("authorization: «abc»")]
    [InlineData("Authorization: Digest «username=\"Mufasa\", realm=\"a b\", nonce=\"x\"» and more")]
    [InlineData("Authorization: AWS4-HMAC-SHA256 «Credential=AKIA/20150830/x, SignedHeaders=host;x-amz-date, Signature=5d67»")]
    [InlineData("Proxy-Authorization: Basic «dTpw»\nHost: x")]
    [InlineData("GET /x Authorization: Bearer «abc» 200")]
    [InlineData("HTTP_AUTHORIZATION=Bearer «abc»")]
    [InlineData("curl -H \"Authorization: Bearer «abc»\" https://x")]
    [InlineData("curl -H 'x-api-key: «abc»' https://x")]
    [InlineData("{ Authorization: 'Bearer «abc»', Cookie: '«a=b; c=d»' }")]
    [InlineData("{'Authorization': 'Bearer «abc»', 'n': 1}")]
    [InlineData("{\n  authorization:\n   'Bearer «abc»',\n}")]
    [InlineData("map[Authorization:«[Bearer abc]» Host:[x]]")]
    [InlineData("[('authorization', 'Bearer «abc»'), ('host', 'x')]")]
    [InlineData("[\"Cookie\",\"«a=b»\",\"Host\",\"x\"]")]
    [InlineData("\"authorization\":\"Bearer «abc»\"")]
    [InlineData("\\\"authorization\\\":\\\"Bearer «abc»\\\"")]
    [InlineData("{\"name\":\"Authorization\",\"value\":\"Bearer «abc»\"}")]
    [InlineData("headers[\"x-api-key\"] = \"«abc»\"")]
    [InlineData("'x-api-key' => '«abc»'")]
    [InlineData("Cookie: «sid=abc; theme=dark»\r\nHost: x")]
    [InlineData("Set-Cookie: «sid=abc; Path=/; Expires=Wed, 21 Oct 2015 07:28:00 GMT»")]
    [InlineData("setCookie=«a»")]
    [InlineData("x-api-key: «1», next")]
    [InlineData("X-Goog-Api-Key:«abc»")]
    [InlineData("GET /x?access_token=«abc»&y=1")]
    [InlineData("refreshToken=«abc»")]
    [InlineData("<apiKey>«abc»</apiKey><n>1</n>")]
    [InlineData("<Authorization>Bearer «abc»</Authorization>")]
    [InlineData("curl --api-key «abc» --data x")]
    [InlineData("authorization required")]
    [InlineData("cookie_consent: yes")]
    [InlineData("Authorization-Type: x")]
    public void Headers_are_redacted_in_every_form_they_are_logged_in(string marked) => Holds(RedactPresets.Bearer, marked);

    [Theory]
    [InlineData("https://b.s3.amazonaws.com/k?X-Amz-Security-Token=«IQoJb3%2F%2Bx%3D%3D»&X-Amz-Signature=«0f»&X-Amz-Date=1")]
    [InlineData("https://x/?u=https%3A%2F%2Fb%2Fk%3FX-Amz-Security-Token%3D«IQoJ%252F»%26X-Amz-Date%3D1")]
    [InlineData("?AWSAccessKeyId=x&Signature=«vjby%3D»&Expires=1")]
    [InlineData("x-amz-security-token: «abc»")]
    [InlineData("export AWS_SESSION_TOKEN=«abc»")]
    [InlineData("aws_secret_access_key = «abc»")]
    [InlineData("{ SecretAccessKey: '«abc»', SessionToken: '«def»' }")]
    [InlineData("Credentials(access_key='x', secret_key='«abc»')")]
    [InlineData("<Credentials><SecretAccessKey>«x»</SecretAccessKey><SessionToken>«y»</SessionToken></Credentials>")]
    [InlineData("the session token expired")]
    [InlineData("signature: x")]
    public void Secrets_of_AWS_are_redacted_after_their_names(string marked) => Holds(RedactPresets.AwsKey, marked);

    [Theory]
    [InlineData("""{"AWS_SECRET_ACCESS_KEY":"x","SessionToken":"y","x-amz-security-token":"z","n":1}""", """{"AWS_SECRET_ACCESS_KEY":"***","SessionToken":"***","x-amz-security-token":"***","n":1}""")]
    [InlineData("""{"a":[{"Credentials":{"SecretAccessKey":"x","SessionToken":null}}]}""", """{"a":[{"Credentials":{"SecretAccessKey":"***","SessionToken":"***"}}]}""")]
    [InlineData("""{"body":"{\"awsSecretAccessKey\":\"x\",\"n\":1}"}""", """{"body":"{\"awsSecretAccessKey\":\"***\",\"n\":1}"}""")]
    [InlineData("""{"headers":{"authorization":"Basic dTpw","cookie":["a=b"],"X-API-Key":7}}""", """{"headers":{"authorization":"Basic ***","cookie":"***","X-API-Key":"***"}}""")]
    [InlineData("""{"http.request.header.authorization":["Bearer x"]}""", """{"http.request.header.authorization":"***"}""")]
    [InlineData("""{"rawHeaders":["Authorization","Bearer x","Host","y"]}""", """{"rawHeaders":["Authorization","Bearer ***","Host","y"]}""")]
    [InlineData("""{"h":[{"name":"Cookie","value":"a=b"},{"key":"x-api-key","value":"v"}]}""", """{"h":[{"name":"Cookie","value":"***"},{"key":"x-api-key","value":"***"}]}""")]
    [InlineData("""{"Set\u002dCookie":"a=b"}""", """{"Set\u002dCookie":"***"}""")]
    [InlineData("""{"multiValueHeaders":"{\"Cookie\":[\"a=b\"],\"n\":1}"}""", """{"multiValueHeaders":"{\"Cookie\":\"***\",\"n\":1}"}""")]
    public void Members_of_JSON_are_redacted_by_these_names_too(string attributes, string expected) =>
        Assert.Equal(expected, Attributes(new RedactOptions { Presets = RedactPresets.AwsKey | RedactPresets.Bearer }, attributes));

    [Theory]
    [InlineData("""{"contrase\u00f1a":"x"}""", """{"contrase\u00f1a":"***"}""")]
    [InlineData("""{"CONTRASEÑA":"x","Contrase\u00D1a":1}""", """{"CONTRASEÑA":"***","Contrase\u00D1a":"***"}""")]
    [InlineData("""{"body":"{\"contrase\\u00f1a\":\"x\"}"}""", """{"body":"{\"contrase\\u00f1a\":\"***\"}"}""")]
    [InlineData("""{"p\u0061ssword":"x","ПАРОЛЬ":"y"}""", """{"p\u0061ssword":"***","ПАРОЛЬ":"***"}""")]
    public void Names_are_compared_without_escapes_and_without_case(string attributes, string expected) =>
        Assert.Equal(expected, Attributes(new RedactOptions { Keys = ["contraseña", "password", "пароль"] }, attributes));

    [Theory]
    [InlineData("{'password': '«hunter2»', 'a': 1}")]
    [InlineData("{ user: { password: '«hunter2»' }, n: 1 }")]
    [InlineData("{ password: «{ value: 'x' }» }")]
    [InlineData("{\"password\"=>\"«hunter2»\", :a=>1}")]
    [InlineData("{:password=>\"«hunter2»\"}")]
    [InlineData("level=info password=«hunter2» user=jo")]
    [InlineData("level=info password=\"«hunter two»\" user=jo")]
    [InlineData("User(name=jo, password=«hunter2»)")]
    [InlineData("User { name: \"jo\", password: \"«hunter2»\" }")]
    [InlineData("map[password:«hunter2» user:jo]")]
    [InlineData("https://x/?password=«hunter2»&user=jo")]
    [InlineData("https://x/?u=https%3A%2F%2Fy%3Fpassword%3D«hunter2»%26a")]
    [InlineData("user[password]=«hunter2»&a=b")]
    [InlineData("PASSWORD: «hunter2»")]
    [InlineData("spring.datasource.password = «hunter2»")]
    [InlineData("contraseña=«x» CONTRASEÑA: «y»")]
    [InlineData("password=«a» {'password': '«b»'} password=«c»")]
    [InlineData("mysqldump --password=«hunter2» --host x")]
    [InlineData("mysqldump --password «hunter2» --host x")]
    [InlineData("mysqldump --password --host x")]
    [InlineData("['mysqldump', '--password', '«hunter2»', '--host', 'x']")]
    [InlineData("[\"--password\",\"«hunter2»\"]")]
    [InlineData("a --password-less login, x--password y, ---password z")]
    [InlineData("<password>«hunter2»</password>")]
    [InlineData("<wsse:Password Type=\"text\">«hunter2»</wsse:Password>")]
    [InlineData("<password><![CDATA[«hun<ter2»]]></password>")]
    [InlineData("<password/><user>jo</user><password></password>")]
    [InlineData("<password>«a»</password> <password>«b»")]
    [InlineData("IEnumerable<Password> of 3 items")]
    [InlineData("the password is wrong, passwords: 2, mypassword=3")]
    [InlineData("[\"password\",\"text\"]")]
    public void Names_of_the_settings_are_redacted_in_text_in_every_form_they_are_logged_in(string marked) =>
        Assert.Equal(Redacted(marked), Message(new RedactOptions { Keys = ["password", "contraseña"] }, Plain(marked)));

    [Theory]
    [InlineData("{ user: { password: '«x»' }, n: 1 }")]
    [InlineData("user.password=«x» other.pin=2")]
    [InlineData("<user><password>«x»</password></user>")]
    [InlineData("user.name=jo")]
    [InlineData("password=x")]
    public void A_path_is_redacted_in_text_after_the_names_that_it_begins_with(string marked) =>
        Assert.Equal(Redacted(marked), Message(new RedactOptions { Keys = ["user.password"], Paths = [["user", "password"]] }, Plain(marked)));

    [Fact]
    public void A_value_is_redacted_once_where_JSON_and_other_forms_are_mixed()
    {
        var options = new RedactOptions { Keys = ["password"], Mark = null, Salt = "s" };

        var message = Message(options, "{\"password\":\"x\"} password=x");

        var hash = message[(message.LastIndexOf('=') + 1)..];
        Assert.Equal($"{{\"password\":\"{hash}\"}} password={hash}", message);
    }

    [Theory]
    [InlineData("""{"user":{"password":"x","name":"n"},"password":"y"}""", """{"user":{"password":"***","name":"n"},"password":"y"}""")]
    [InlineData("""{"a":{"USER":{"Password":{"b":1}}}}""", """{"a":{"USER":{"Password":"***"}}}""")]
    [InlineData("""{"user":[{"password":"x"},{"password":"y"}]}""", """{"user":[{"password":"***"},{"password":"***"}]}""")]
    [InlineData("""{"user":{"x":{"password":"y"}}}""", """{"user":{"x":{"password":"y"}}}""")]
    [InlineData("""{"user.password":"x"}""", """{"user.password":"***"}""")]
    [InlineData("""{"body":"{\"user\":{\"password\":\"x\"}}"}""", """{"body":"{\"user\":{\"password\":\"***\"}}"}""")]
    [InlineData("""{"env":[{"name":"user.password","value":"x"}]}""", """{"env":[{"name":"user.password","value":"***"}]}""")]
    public void A_path_redacts_the_member_within_the_others(string attributes, string expected) =>
        Assert.Equal(expected, Attributes(new RedactOptions { Keys = ["user.password"], Paths = [["user", "password"]] }, attributes));

    static void Holds(RedactPresets preset, string marked)
    {
        var rig = new RuleRig(new RuleOptions { Redact = new RedactOptions { Presets = preset } });
        rig.Line(Plain(marked));
        Assert.Equal(Redacted(marked), RuleRig.Unescape(rig.Kept[0].Message));
    }

    static string Plain(string marked) => marked.Replace("«", "").Replace("»", "");

    static string Redacted(string marked) => System.Text.RegularExpressions.Regex.Replace(marked, "«[^»]*»", "***");

    static string Message(RedactOptions options, string message)
    {
        var rig = new RuleRig(new RuleOptions { Redact = options });
        rig.Line(message);
        return RuleRig.Unescape(Assert.Single(rig.Kept).Message);
    }

    static string Attributes(RedactOptions options, string attributes)
    {
        var rig = new RuleRig(new RuleOptions { Redact = options });
        rig.Line("x", attributes: attributes);
        return Assert.Single(rig.Kept).Attributes;
    }
}
