package io.aiconexus.vectors;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** RFC 8785: the numbers of appendix B, the examples of section 3.2, and what has no canonical form. */
final class JcsVectors {

  private static final String[][] NUMBERS = {
    {"0000000000000000", "0"}, {"8000000000000000", "0"}, {"0000000000000001", "5e-324"},
      {"8000000000000001", "-5e-324"},
    {"7fefffffffffffff", "1.7976931348623157e+308"}, {"ffefffffffffffff", "-1.7976931348623157e+308"},
    {"4340000000000000", "9007199254740992"}, {"c340000000000000", "-9007199254740992"},
    {"4430000000000000", "295147905179352830000"}, {"44b52d02c7e14af5", "9.999999999999997e+22"},
    {"44b52d02c7e14af6", "1e+23"}, {"44b52d02c7e14af7", "1.0000000000000001e+23"},
    {"444b1ae4d6e2ef4e", "999999999999999700000"}, {"444b1ae4d6e2ef4f", "999999999999999900000"},
    {"444b1ae4d6e2ef50", "1e+21"}, {"3eb0c6f7a0b5ed8c", "9.999999999999997e-7"}, {"3eb0c6f7a0b5ed8d", "0.000001"},
    {"41b3de4355555553", "333333333.3333332"}, {"41b3de4355555554", "333333333.33333325"},
    {"41b3de4355555555", "333333333.3333333"}, {"41b3de4355555556", "333333333.3333334"},
    {"41b3de4355555557", "333333333.33333343"}, {"becbf647612f3696", "-0.0000033333333333333333"},
    {"43143ff3c1cb0959", "1424953923781206.2"}};

  private static final String[][] TEXTS = {
    {"section 3.2.2", "{\n  \"numbers\": [333333333.33333329, 1E30, 4.50, 2e-3, "
      + "0.000000000000000000000000001],\n"
      + "  \"string\": \"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\",\n"
      + "  \"literals\": [null, true, false]\n}",
      "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
      + "\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}"},
    {"section 3.2.3", "{\n  \"\\u20ac\": \"Euro Sign\",\n  \"\\r\": \"Carriage Return\",\n"
      + "  \"\\ufb33\": \"Hebrew Letter Dalet With Dagesh\",\n  \"1\": \"One\",\n  "
      + "\"\\ud83d\\ude00\": \"Emoji: Grinning Face\",\n"
      + "  \"\\u0080\": \"Control\",\n  \"\\u00f6\": \"Latin Small Letter O With Diaeresis\"\n}",
      "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
      + "\"\u00f6\":\"Latin Small Letter O With Diaeresis\","
      + "\"\u20ac\":\"Euro Sign\",\"\ud83d\ude00\":\"Emoji: Grinning Face\","
      + "\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}"},
    {"nested objects are sorted, arrays are not", "{\"b\":[3,{\"z\":1,\"y\":2},1],\"a\":{\"d\":{},\"c\":[]}}",
      "{\"a\":{\"c\":[],\"d\":{}},\"b\":[3,{\"y\":2,\"z\":1},1]}"},
    {"short escapes, and none beyond the controls",
      "{\"a\":\"\\u0008\\u0009\\u000a\\u000c\\u000d\\u001f\\u007f\\u2028\\u003c\"}",
      "{\"a\":\"\\b\\t\\n\\f\\r\\u001f\u007f\u2028<\"}"},
    {"minus zero and trailing zeros", "{\"a\":-0,\"b\":1.0,\"c\":10e2,\"d\":0.10}",
      "{\"a\":0,\"b\":1,\"c\":1000,\"d\":0.1}"}};

  private static final String[][] REFUSED = {
    {"{\"a\":1,\"a\":1}", "a duplicate name"},
    {"{\"a\":1,\"\\u0061\":2}", "a duplicate name, escaped"},
    {"{\"a\":\"\\ud800\"}", "half a surrogate pair"},
    {"{\"\\udc00\":1}", "half a surrogate pair in a name"},
    {"{\"a\":1e400}", "a number beyond the range of a double"},
    {"{\"a\":NaN}", "not a JSON number"},
    {"{\"a\":01}", "a leading zero"},
    {"{\"a\":1,}", "a trailing comma"},
    {"{\"a\":1}{}", "a second text"}};

  private JcsVectors() {
  }

  static JsonObject all() {
    JsonArray numbers = new JsonArray();
    for (String[] one : NUMBERS) {
      numbers.add(new JsonObject().put("ieee754", one[0]).put("json", one[1]));
    }
    JsonArray texts = new JsonArray();
    for (String[] one : TEXTS) {
      texts.add(new JsonObject().put("name", one[0]).put("input", one[1]).put("canonical", one[2]));
    }
    JsonArray refused = new JsonArray();
    for (String[] one : REFUSED) {
      refused.add(new JsonObject().put("input", one[0]).put("reason", one[1]));
    }
    return new JsonObject().put("numbers", numbers).put("texts", texts).put("refused", refused);
  }
}
