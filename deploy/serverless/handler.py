def hello(event, context):
    print("hello from", context.function_name)
